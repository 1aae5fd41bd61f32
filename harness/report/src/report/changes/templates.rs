//! What is said of a field in one go, by the pattern of its path. `{}` is the key of the thing that it belongs to.

use super::Row;

/// What is said of an entry `{v}` that came to a list; of a path the entry is its last part.
pub(super) const CAME: &[Row] = rows! {
    "machines/*/antivirus/blocked": "antivirus blocks {v}",
        "ウイルス対策プログラムが {v} をブロックしています", "바이러스 백신이 {v}을(를) 차단합니다", "防毒程式封鎖 {v}";
    "machines/*/antivirus/exclusions": "antivirus excludes {v}",
        "ウイルス対策プログラムが {v} を除外しています", "바이러스 백신이 {v}을(를) 제외합니다", "防毒程式排除 {v}";
    "machines/*/files/*/attributes": "the file {} is {v}",
        "{} ファイルに {v} 属性があります", "{} 파일에 {v} 특성이 있습니다", "{} 檔案具有 {v} 屬性";
    "machines/*/folder-attributes/*": "the folder {} is {v}",
        "{} フォルダーに {v} 属性があります", "{} 폴더에 {v} 특성이 있습니다", "{} 資料夾具有 {v} 屬性";
    "machines/*/denied/*": "{v} is denied access to {}",
        "{v} は {} へのアクセスを拒否されます", "{v}은(는) {}에 대한 액세스가 거부됩니다", "{v} 對 {} 的存取遭拒";
    "machines/*/os/missing-updates": "Windows lacks the update {v}",
        "Windows に {v} 更新プログラムがありません", "Windows에 {v} 업데이트가 없습니다", "Windows 缺少 {v} 更新";
    "machines/*/trusted-roots": "the machine trusts the root certificate {v}",
        "マシンは {v} ルート証明書を信頼しています", "컴퓨터가 {v} 루트 인증서를 신뢰합니다", "電腦信任 {v} 根憑證";
    "machines/*/accounts/*/groups": "the account {} is in the group {v}",
        "{} アカウントは {v} グループのメンバーです", "{} 계정이 {v} 그룹에 있습니다", "{} 帳戶屬於 {v} 群組";
    "machines/*/volumes/*/noted-for-repair": "NTFS has noted {v} for repair",
        "NTFS が {v} を修復対象として記録しました", "NTFS가 {v}을(를) 복구 대상으로 기록했습니다", "NTFS 已將 {v} 標記為待修復";
    "network/names/*": "the name {} has the address {v}",
        "{} という名前のアドレスに {v} があります", "{} 이름에 {v} 주소가 있습니다", "{} 這個名稱有 {v} 位址";
    "network/aliases/*": "the name {} leads to {v}",
        "{} という名前は {v} の別名です", "{} 이름은 {v}의 별칭입니다", "{} 這個名稱是 {v} 的別名";
    "network/proxies/*/refuses": "the proxy {} refuses {v}",
        "{} のプロキシは {v} を拒否します", "{} 프록시가 {v}을(를) 거부합니다", "{} 的 Proxy 拒絕 {v}";
    "network/proxies/*/allows": "the proxy {} allows {v}",
        "{} のプロキシは {v} を許可します", "{} 프록시가 {v}을(를) 허용합니다", "{} 的 Proxy 允許 {v}";
    "network/proxies/*/asks": "the proxy {} requires authentication ({v})",
        "{} のプロキシは認証 ({v}) を要求します", "{} 프록시가 인증({v})을 요구합니다", "{} 的 Proxy 要求驗證 ({v})";
    "cloud/subscriptions/*/roles/*": "{} has the role {v}",
        "{} に {v} ロールがあります", "{}에게 {v} 역할이 있습니다", "{} 具有 {v} 角色";
};

/// What is said of an entry `{v}` that is no longer in a list.
pub(super) const WENT: &[Row] = rows! {
    "machines/*/antivirus/blocked": "antivirus no longer blocks {v}",
        "ウイルス対策プログラムは {v} をブロックしていません", "바이러스 백신이 더 이상 {v}을(를) 차단하지 않습니다",
        "防毒程式不再封鎖 {v}";
    "machines/*/antivirus/exclusions": "antivirus no longer excludes {v}",
        "ウイルス対策プログラムは {v} を除外していません", "바이러스 백신이 더 이상 {v}을(를) 제외하지 않습니다",
        "防毒程式不再排除 {v}";
    "machines/*/files/*/attributes": "the file {} is no longer {v}",
        "{} ファイルの {v} 属性がなくなりました", "{} 파일에 더 이상 {v} 특성이 없습니다", "{} 檔案不再具有 {v} 屬性";
    "machines/*/folder-attributes/*": "the folder {} is no longer {v}",
        "{} フォルダーの {v} 属性がなくなりました", "{} 폴더에 더 이상 {v} 특성이 없습니다", "{} 資料夾不再具有 {v} 屬性";
    "machines/*/denied/*": "{v} is no longer denied access to {}",
        "{v} は {} へのアクセスを拒否されなくなりました", "{v}은(는) 더 이상 {}에 대한 액세스가 거부되지 않습니다",
        "{v} 對 {} 的存取不再遭拒";
    "machines/*/os/missing-updates": "Windows has the update {v}",
        "Windows に {v} 更新プログラムがあります", "Windows에 {v} 업데이트가 있습니다", "Windows 已有 {v} 更新";
    "machines/*/trusted-roots": "the machine does not trust the root certificate {v}",
        "マシンは {v} ルート証明書を信頼していません", "컴퓨터가 {v} 루트 인증서를 신뢰하지 않습니다", "電腦不信任 {v} 根憑證";
    "machines/*/accounts/*/groups": "the account {} is no longer in the group {v}",
        "{} アカウントは {v} グループのメンバーではなくなりました", "{} 계정이 더 이상 {v} 그룹에 없습니다", "{} 帳戶不再屬於 {v} 群組";
    "machines/*/volumes/*/noted-for-repair": "NTFS has repaired {v}",
        "NTFS が {v} を修復しました", "NTFS가 {v}을(를) 복구했습니다", "NTFS 已修復 {v}";
    "network/names/*": "the name {} has no address {v}",
        "{} という名前のアドレスに {v} はありません", "{} 이름에 {v} 주소가 없습니다", "{} 這個名稱沒有 {v} 位址";
    "network/aliases/*": "the name {} no longer leads to {v}",
        "{} という名前は {v} の別名ではなくなりました", "{} 이름은 더 이상 {v}의 별칭이 아닙니다", "{} 這個名稱不再是 {v} 的別名";
    "network/proxies/*/refuses": "the proxy {} no longer refuses {v}",
        "{} のプロキシは {v} を拒否しなくなりました", "{} 프록시가 더 이상 {v}을(를) 거부하지 않습니다", "{} 的 Proxy 不再拒絕 {v}";
    "network/proxies/*/allows": "the proxy {} no longer allows {v}",
        "{} のプロキシは {v} を許可しなくなりました", "{} 프록시가 더 이상 {v}을(를) 허용하지 않습니다", "{} 的 Proxy 不再允許 {v}";
    "network/proxies/*/asks": "the proxy {} no longer offers the authentication {v}",
        "{} のプロキシは {v} 認証を提示しなくなりました", "{} 프록시가 더 이상 {v} 인증을 제공하지 않습니다", "{} 的 Proxy 不再提供 {v} 驗證";
    "cloud/subscriptions/*/roles/*": "{} no longer has the role {v}",
        "{} に {v} ロールがなくなりました", "{}에게 더 이상 {v} 역할이 없습니다", "{} 不再具有 {v} 角色";
};

/// What is said where a field has this value, which is behind a `=`.
pub(super) const VALUES: &[Row] = rows! {
    "machines/*/services/*/state=running": "the service {} runs",
        "{} サービスは実行中です", "{} 서비스가 실행 중입니다", "{} 服務正在執行";
    "machines/*/services/*/state=stopped": "the service {} is stopped",
        "{} サービスは停止しています", "{} 서비스가 중지되어 있습니다", "{} 服務已停止";
    "machines/*/services/*/start=automatic": "the service {} starts with Windows",
        "{} サービスは Windows とともに自動的に開始されます", "{} 서비스가 Windows와 함께 자동으로 시작됩니다",
        "{} 服務會隨 Windows 自動啟動";
    "machines/*/services/*/start=manual": "the service {} starts when it is asked for",
        "{} サービスは要求されたときに開始されます (手動)", "{} 서비스가 요청을 받으면 시작됩니다(수동)", "{} 服務會在要求時啟動 (手動)";
    "machines/*/services/*/start=disabled": "the service {} is disabled",
        "{} サービスは無効です", "{} 서비스가 사용되지 않습니다", "{} 服務已停用";
    "machines/*/services/*/responding=on": "the service {} answers",
        "{} サービスは応答しています", "{} 서비스가 응답합니다", "{} 服務有回應";
    "machines/*/services/*/responding=off": "the service {} does not answer",
        "{} サービスは応答していません", "{} 서비스가 응답하지 않습니다", "{} 服務沒有回應";
    "machines/*/tasks/*/enabled=on": "the task {} is enabled",
        "{} タスクは有効です", "{} 작업이 사용됩니다", "{} 工作已啟用";
    "machines/*/tasks/*/enabled=off": "the task {} is disabled",
        "{} タスクは無効です", "{} 작업이 사용되지 않습니다", "{} 工作已停用";
    "machines/*/tasks/*/trigger/enabled=on": "the trigger of the task {} is enabled",
        "{} タスクのトリガーは有効です", "{} 작업의 트리거가 사용됩니다", "{} 工作的觸發程序已啟用";
    "machines/*/tasks/*/trigger/enabled=off": "the trigger of the task {} is disabled",
        "{} タスクのトリガーは無効です", "{} 작업의 트리거가 사용되지 않습니다", "{} 工作的觸發程序已停用";
    "machines/*/tasks/*/more-triggers/*/enabled=on": "the trigger {} is enabled",
        "{} トリガーは有効です", "{} 트리거가 사용됩니다", "{} 觸發程序已啟用";
    "machines/*/tasks/*/more-triggers/*/enabled=off": "the trigger {} is disabled",
        "{} トリガーは無効です", "{} 트리거가 사용되지 않습니다", "{} 觸發程序已停用";
    "machines/*/devices/*/status=started": "the device {} works",
        "{} デバイスは動作しています", "{} 장치가 작동합니다", "{} 裝置運作正常";
    "machines/*/devices/*/status=problem": "the device {} does not work",
        "{} デバイスは動作していません", "{} 장치가 작동하지 않습니다", "{} 裝置無法運作";
    "machines/*/devices/*/status=restart-needed": "the device {} does not work until Windows is restarted",
        "{} デバイスは Windows を再起動するまで動作しません", "{} 장치가 Windows를 다시 시작할 때까지 작동하지 않습니다",
        "在 Windows 重新啟動之前，{} 裝置無法運作";
    "machines/*/volumes/*/online=on": "the volume {} is online",
        "{} ボリュームはオンラインです", "{} 볼륨이 온라인 상태입니다", "{} 磁碟區為線上";
    "machines/*/volumes/*/online=off": "the volume {} is offline",
        "{} ボリュームはオフラインです", "{} 볼륨이 오프라인 상태입니다", "{} 磁碟區為離線";
    "machines/*/platform=azure-vm": "the machine is an Azure virtual machine",
        "マシンは Azure 仮想マシンです", "컴퓨터가 Azure 가상 머신입니다", "電腦是 Azure 虛擬機器";
    "machines/*/platform=on-premises": "the machine is no Azure virtual machine",
        "マシンは Azure 仮想マシンではありません", "컴퓨터가 Azure 가상 머신이 아닙니다", "電腦不是 Azure 虛擬機器";
    "cloud/subscriptions/*/state=enabled": "the subscription {} is enabled",
        "{} サブスクリプションは有効です", "{} 구독이 사용 상태입니다", "{} 訂用帳戶已啟用";
    "cloud/subscriptions/*/state=disabled": "the subscription {} is disabled",
        "{} サブスクリプションは無効です", "{} 구독이 사용 안 함 상태입니다", "{} 訂用帳戶已停用";
    "cloud/subscriptions/*/state=expired": "the subscription {} has expired",
        "{} サブスクリプションの有効期限が切れています", "{} 구독이 만료되었습니다", "{} 訂用帳戶已過期";
    "cloud/vaults/*/public-network-access=on": "the vault {} can be used from the internet",
        "{} コンテナーはインターネットから使用できます", "{} 자격 증명 모음을 인터넷에서 사용할 수 있습니다", "{} 保存庫可從網際網路使用";
    "cloud/vaults/*/public-network-access=off": "the vault {} cannot be used from the internet",
        "{} コンテナーはインターネットから使用できません", "{} 자격 증명 모음을 인터넷에서 사용할 수 없습니다",
        "{} 保存庫無法從網際網路使用";
};

/// Words that a field has as its value, behind a `=`. What is not here is a name, and stays as it is.
pub(super) const WORDS: &[Row] = rows! {
    "a=empty": "empty", "空", "비어 있음", "空白";
    "a=name-error": "name-error", "名前が存在しない", "이름 없음", "名稱不存在";
    "a=records": "records", "レコード", "레코드", "記錄";
    "a=refused": "refused", "拒否", "거부", "拒絕";
    "a=server-failure": "server-failure", "サーバー障害", "서버 오류", "伺服器失敗";
    "a=silence": "silence", "無応答", "응답 없음", "無回應";
    "action=allow": "allow", "許可", "허용", "允許";
    "action=divert": "divert", "キャプティブ ポータルへの誘導", "종속 포털로 유도", "導向網路登入頁面";
    "action=drop": "drop", "破棄", "버림", "捨棄";
    "action=reset": "reset", "リセット", "초기화", "重設";
    "action=unreachable": "unreachable", "到達不能", "연결할 수 없음", "無法連線";
    "attributes=compressed": "compressed", "圧縮", "압축", "壓縮";
    "attributes=encrypted": "encrypted", "暗号化", "암호화", "加密";
    "attributes=hard-link": "hard-link", "ハード リンク", "하드 링크", "永久連結";
    "attributes=recall-on-data-access": "recall-on-data-access", "データ アクセス時の呼び戻し", "데이터 액세스 시 회수",
        "存取資料時回收";
    "attributes=reparse-point": "reparse-point", "再解析ポイント", "재분석 지점", "重新分析點";
    "attributes=sparse": "sparse", "スパース", "스파스", "疏鬆";
    "bitlocker=locked": "locked", "ロック", "잠김", "已鎖定";
    "bitlocker=off": "off", "オフ", "꺼짐", "關閉";
    "bitlocker=unlocked": "unlocked", "ロック解除", "잠금 해제", "已解除鎖定";
    "denial=page": "page", "ページ", "페이지", "頁面";
    "denial=reset": "reset", "リセット", "초기화", "重設";
    "from=anyone": "anyone", "すべて", "모두", "任何來源";
    "from=machines": "machines", "マシン", "컴퓨터", "電腦";
    "from=proxies": "proxies", "プロキシ", "프록시", "Proxy";
    "if-running=ignore-new": "ignore-new", "新しいインスタンスを開始しない", "새 인스턴스를 시작하지 않음", "不啟動新的執行個體";
    "if-running=parallel": "parallel", "新しいインスタンスを並列で実行する", "새 인스턴스를 병렬로 실행", "平行執行新的執行個體";
    "kind=fixed": "fixed", "固定", "고정", "固定";
    "kind=network": "network", "ネットワーク", "네트워크", "網路";
    "kind=removable": "removable", "リムーバブル", "이동식", "卸除式";
    "lease=available": "available", "利用可能", "사용 가능", "可用";
    "lease=broken": "broken", "中断", "중단됨", "已中斷";
    "ntlm-challenge=bare": "bare", "最小限", "최소", "最簡";
    "ntlm-challenge=domain": "domain", "ドメイン", "도메인", "網域";
    "ntlm-challenge=out-of-range": "out-of-range", "範囲外", "범위 벗어남", "超出範圍";
    "private-endpoint-state=enabled": "enabled", "有効", "사용", "已啟用";
    "private-endpoint-state=none": "none", "なし", "없음", "無";
    "refusal=access-denied": "access-denied", "アクセス拒否", "액세스 거부", "拒絕存取";
    "refusal=sharing-violation": "sharing-violation", "共有違反", "공유 위반", "共用違規";
};
