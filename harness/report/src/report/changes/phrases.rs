//! The sentences into which nouns and values are put, in four languages.

use marslab_scenario::texts;

texts! {
    /// Sentences of changes, without their full stop.
    pub(super) struct Phrases;
    on_machine(said, machine): "{said} on {machine}", "{machine} では、{said}", "{machine}에서 {said}", "在 {machine} 上，{said}";
    part_of(part, whole): "the {part} of {whole}", "{whole} の {part}", "{whole}의 {part}", "{whole} 的 {part}";
    has_value(what, value): "{what} is {value}", "{what} は {value} です", "{what}은(는) {value}입니다", "{what} 為 {value}";
    had_value(what, value, was): "{what} is {value} (was {was})", "{what} は {value} です (以前は {was})",
        "{what}은(는) {value}입니다(이전: {was})", "{what} 為 {value} (原為 {was})";
    is_there(what): "{what} is there", "{what} が追加されました", "{what}이(가) 추가되었습니다", "已新增 {what}";
    is_gone(what): "{what} is gone", "{what} がなくなりました", "{what}이(가) 없어졌습니다", "{what} 已不存在";
    was_changed(what): "{what} was changed", "{what} が変更されました", "{what}이(가) 변경되었습니다", "{what} 已變更";
    and(one, next): "{one}; {next}", "{one}、{next}", "{one}, {next}", "{one}；{next}";
    and_more(said, count): "{said}; and {count} more", "{said}、ほか {count} 件", "{said}, 외 {count}개", "{said}；還有 {count} 項";

    installed(program, version): "{program} {version} is installed", "{program} {version} がインストールされています",
        "{program} {version}이(가) 설치되어 있습니다", "已安裝 {program} {version}";
    not_installed(program): "{program} is no longer installed", "{program} がインストールされなくなりました",
        "{program}이(가) 더 이상 설치되어 있지 않습니다", "不再安裝有 {program}";
    has_open(program, file): "the program {program} has {file} open", "{program} プログラムが {file} を開いています",
        "{program} 프로그램이 {file}을(를) 열고 있습니다", "{program} 程式已開啟 {file}";
    has_open_no_longer(program, file): "{program} no longer has {file} open", "{program} は {file} を開いていません",
        "{program}이(가) 더 이상 {file}을(를) 열고 있지 않습니다", "{program} 不再開啟 {file}";
    has_files(folder, count, extension): "the folder {folder} has {count} .{extension} files",
        "{folder} フォルダーに .{extension} ファイルが {count} 個あります", "{folder} 폴더에 .{extension} 파일이 {count}개 있습니다",
        "{folder} 資料夾有 {count} 個 .{extension} 檔案";
    has_no_files(folder, extension): "the folder {folder} has no .{extension} files",
        "{folder} フォルダーに .{extension} ファイルはありません", "{folder} 폴더에 .{extension} 파일이 없습니다",
        "{folder} 資料夾沒有 .{extension} 檔案";
    set_forward(span): "the clock was set forward by {span}", "時計が {span} 進められました", "시계가 {span} 앞으로 설정되었습니다",
        "時鐘調快了 {span}";
    set_back(span): "the clock was set back by {span}", "時計が {span} 戻されました", "시계가 {span} 뒤로 설정되었습니다",
        "時鐘調慢了 {span}";
    restarted: "Windows was restarted", "Windows が再起動されました", "Windows가 다시 시작되었습니다", "Windows 已重新啟動";
    written_anew(file): "the file {file} was written anew", "{file} ファイルが書き直されました", "{file} 파일을 다시 썼습니다",
        "{file} 檔案已重新寫入";
    new_records(log): "the event log {log} has new records", "{log} イベント ログに新しいレコードがあります",
        "{log} 이벤트 로그에 새 레코드가 있습니다", "{log} 事件記錄有新的記錄";

    everything: "everything", "すべての宛先", "모든 대상", "所有目的地";
    connections(host): "{host}", "{host} への接続", "{host}에 대한 연결", "連至 {host} 的連線";
    to_port(to, port): "{to}, port {port}", "{to} (ポート {port})", "{to}(포트 {port})", "{to} (連接埠 {port})";
    for_proxies(to): "{to} for proxies", "プロキシから {to}", "프록시에서 {to}", "從 Proxy {to}";
    allows(to, rule): "the firewall allows {to} (rule {rule})", "ファイアウォールが {to} を許可しています (規則 {rule})",
        "방화벽이 {to}을(를) 허용합니다(규칙 {rule})", "防火牆允許 {to} (規則 {rule})";
    allows_no_longer(to, rule): "the firewall no longer allows {to} (rule {rule})",
        "ファイアウォールは {to} を許可しなくなりました (規則 {rule})",
        "방화벽이 더 이상 {to}을(를) 허용하지 않습니다(규칙 {rule})", "防火牆不再允許 {to} (規則 {rule})";
    leads(to, rule): "the firewall leads {to} to the captive portal (rule {rule})",
        "ファイアウォールが {to} をキャプティブ ポータルへ誘導しています (規則 {rule})",
        "방화벽이 {to}을(를) 종속 포털로 유도합니다(규칙 {rule})", "防火牆將 {to} 導向網路登入頁面 (規則 {rule})";
    leads_no_longer(to, rule): "the firewall no longer leads {to} to the captive portal (rule {rule})",
        "ファイアウォールは {to} をキャプティブ ポータルへ誘導しなくなりました (規則 {rule})",
        "방화벽이 더 이상 {to}을(를) 종속 포털로 유도하지 않습니다(규칙 {rule})",
        "防火牆不再將 {to} 導向網路登入頁面 (規則 {rule})";
    blocks(to, rule): "the firewall blocks {to} (rule {rule})", "ファイアウォールが {to} をブロックしています (規則 {rule})",
        "방화벽이 {to}을(를) 차단합니다(규칙 {rule})", "防火牆封鎖 {to} (規則 {rule})";
    blocks_no_longer(to, rule): "the firewall no longer blocks {to} (rule {rule})",
        "ファイアウォールは {to} をブロックしなくなりました (規則 {rule})",
        "방화벽이 더 이상 {to}을(를) 차단하지 않습니다(규칙 {rule})", "防火牆不再封鎖 {to} (規則 {rule})";
    disturbs(to, rule): "the firewall disturbs connections to {to} (rule {rule})",
        "ファイアウォールが {to} を妨げています (規則 {rule})", "방화벽이 {to}을(를) 방해합니다(규칙 {rule})",
        "防火牆干擾 {to} (規則 {rule})";
    disturbs_no_longer(to, rule): "the firewall no longer disturbs connections to {to} (rule {rule})",
        "ファイアウォールは {to} を妨げなくなりました (規則 {rule})",
        "방화벽이 더 이상 {to}을(를) 방해하지 않습니다(규칙 {rule})", "防火牆不再干擾 {to} (規則 {rule})";

    on: "on", "オン", "켜짐", "開啟";
    off: "off", "オフ", "꺼짐", "關閉";
    not_set: "not set", "未設定", "설정되지 않음", "未設定";
    empty: "empty", "空", "비어 있음", "空白";
    none: "none", "なし", "없음", "無";
    bytes(count): "{count} bytes", "{count} バイト", "{count}바이트", "{count} 位元組";
    hours(count): "{count}h", "{count} 時間", "{count}시간", "{count} 小時";
    minutes(count): "{count}m", "{count} 分", "{count}분", "{count} 分鐘";
    seconds(count): "{count}s", "{count} 秒", "{count}초", "{count} 秒";
}

#[cfg(test)]
mod tests;
