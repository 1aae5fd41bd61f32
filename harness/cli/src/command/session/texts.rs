//! What the commands say of an open session, in four languages. What is typed, and what has a name, is the same in all.

use marslab::texts;

texts! {
    /// The texts in one language.
    pub(in crate::command) struct Texts;
    will_be_undone(seconds): "will be undone in {seconds} s", "{seconds} 秒後に元に戻されます", "{seconds}초 후에 되돌려집니다",
        "將在 {seconds} 秒後復原";
    number(name, number): "{name} (number {number})", "{name} (番号 {number})", "{name}(번호 {number})", "{name} (編號 {number})";
    succeeded(operation): "{operation}: succeeded", "{operation}: 成功しました", "{operation}: 성공했습니다", "{operation}：成功";
    failed(operation, error): "{operation}: failed ({error})", "{operation}: 失敗しました ({error})",
        "{operation}: 실패했습니다({error})", "{operation}：失敗 ({error})";
    clock_moved(time): "The world's clock was moved on by {time}.", "サーバー側の時計が {time} 進められました。",
        "서버 쪽의 시계가 {time} 앞으로 옮겨졌습니다.", "伺服器那邊的時鐘撥快了 {time}。";
    clock(now, time): "Clock: {now}, moved on by {time}", "時計: {now} ({time} 進められています)", "시계: {now}({time} 앞으로 옮겨짐)",
        "時鐘：{now}，撥快了 {time}";
    clock_is_at(now): "The world's clock is at {now}.", "サーバー側の時計は {now} です。", "서버 쪽의 시계는 {now}입니다.",
        "伺服器那邊的時鐘是 {now}。";
    not_kept(count): "({count} earlier entries are no longer kept)", "(以前の {count} 件は保持されていません)",
        "(이전 항목 {count}개는 더 이상 보관되지 않습니다)", "(先前的 {count} 項已不再保留)";
    ended(name): "session `{name}` ended", "セッション `{name}` を終了しました", "`{name}` 세션을 끝냈습니다", "工作階段 `{name}` 已結束";

    proxy: "proxy", "プロキシ", "프록시", "Proxy";
    portal: "portal", "ポータル", "포털", "網路登入頁面";
    server: "server", "サーバー", "서버", "伺服器";
    user_of(listener): "user of {listener}", "{listener} のユーザー", "{listener}의 사용자", "{listener} 的使用者";
    password(text): "password {text}", "パスワード {text}", "암호 {text}", "密碼 {text}";
    root_certificates: "root certificates", "ルート証明書", "루트 인증서", "根憑證";
    drive_c_of(machine): "drive C: of {machine}", "{machine} のドライブ C:", "{machine}의 드라이브 C:", "{machine} 的磁碟機 C:";
    dns_server: "DNS server", "DNS サーバー", "DNS 서버", "DNS 伺服器";
    http_proxy: "HTTP proxy", "HTTP プロキシ", "HTTP 프록시", "HTTP Proxy";
    socks_proxy: "SOCKS5 proxy", "SOCKS5 プロキシ", "SOCKS5 프록시", "SOCKS5 Proxy";
    control: "control", "制御", "제어", "控制";
    session_file: "session file", "セッション ファイル", "세션 파일", "工作階段檔案";
    faults(list): "Faults: {list}", "障害: {list}", "장애: {list}", "故障：{list}";
    none: "none", "なし", "없음", "無";
    repaired_with(list): "Repaired with: {list}", "実行した対処: {list}", "실행한 해결 방법: {list}", "已執行的補救方法：{list}";
    try_elsewhere: "Try in another terminal:", "別のターミナルで試してください:", "다른 터미널에서 시도해 보세요:", "請在另一個終端機嘗試：";
    traffic: "Traffic, and what is done in between (press Ctrl-C to end the session):",
        "通信と、その間に行われたこと (Ctrl-C でセッションを終了します):", "통신과 그 사이에 이루어진 일(Ctrl-C를 누르면 세션이 끝납니다):",
        "通訊，以及其間所做的事 (按 Ctrl-C 可結束工作階段)：";
    open_in_a_browser: "Open it in a browser of this machine; it works once. Ctrl-C ends the session.",
        "このコンピューターのブラウザーで開いてください。一度だけ使えます。Ctrl-C でセッションを終了します。",
        "이 컴퓨터의 브라우저에서 여세요. 한 번만 사용할 수 있습니다. Ctrl-C를 누르면 세션이 끝납니다.",
        "請在這部電腦的瀏覽器中開啟；只能使用一次。按 Ctrl-C 可結束工作階段。";
    ended_by_down: "ended by `marslab down`", "`marslab down` で終了しました", "`marslab down`으로 끝났습니다", "已由 `marslab down` 結束";
    time_is_up: "time limit reached", "制限時間に達しました", "제한 시간이 되었습니다", "已達時間限制";
    interrupted: "interrupted", "中断されました", "중단되었습니다", "已中斷";
    all_is_removed(why): "{why}; all files of the session are removed", "{why}。セッションのファイルはすべて削除されます",
        "{why}. 세션의 모든 파일이 제거됩니다", "{why}；工作階段的所有檔案都會移除";

    on_machine(operation, machine): "{operation} on {machine}", "{machine} での {operation}", "{machine}의 {operation}",
        "{machine} 上的 {operation}";
    complaint: "The complaint:", "申告:", "설명:", "說明：";
    not_held: "The session was no longer held, and may have changed meanwhile.",
        "セッションは保持されておらず、その間に変わった可能性があります。", "세션이 더 이상 유지되지 않아 그동안 변경되었을 수 있습니다.",
        "工作階段已不再保持，其間可能已變更。";
    standard_error: "Standard error:", "標準エラー出力:", "표준 오류:", "標準錯誤：";
}

#[cfg(test)]
mod tests;
