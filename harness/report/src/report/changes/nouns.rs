//! What the parts of a world are called.

use marslab_model::world::Language;
use marslab_scenario::texts::filled;

use super::{Row, begins_with};

/// The thing that a field belongs to, or is.
pub(super) struct Noun {
    /// `the service Windows Backup`
    pub(super) text: String,
    /// Its key among its like, as it is shown.
    pub(super) key: String,
    /// How many segments lead to it.
    pub(super) depth: usize,
}

impl Noun {
    /// The innermost thing on the way to a field.
    pub(super) fn of(segments: &[String], called: Option<&str>, language: Language) -> Self {
        let known = NOUNS.iter().filter(|(pattern, _)| begins_with(segments, pattern));
        let longest = known.max_by_key(|(pattern, _)| pattern.split('/').count());
        let (pattern, texts) = longest.copied().unwrap_or(("", THE_WORLD));
        let depth = if pattern.is_empty() { 0 } else { pattern.split('/').count() };
        let keys = pattern.split('/').zip(segments).filter(|(part, _)| *part == "*");
        let raw = keys.map(|(_, key)| key.as_str()).last().unwrap_or_default();
        let key = called.map_or_else(|| shown_key(pattern, raw), str::to_owned);
        Self { text: filled(language.pick(texts), &[("", &key)]), key, depth }
    }
}

/// The last part of what is a path, and else the whole.
fn shown_key(pattern: &str, key: &str) -> String {
    if PATHS.iter().any(|of| pattern.contains(of)) { base_name(key) } else { key.to_owned() }
}

/// The last part of a path of Windows.
pub(super) fn base_name(path: &str) -> String {
    path.trim_end_matches('\\').rsplit('\\').next().unwrap_or(path).to_owned()
}

/// Things whose keys are paths.
const PATHS: [&str; 8] = [
    "/files/*",
    "/denied/*",
    "/open-files/*",
    "/folder-attributes/*",
    "/series/*",
    "/registry/*",
    "/tasks/*",
    "/devices/*",
];

const THE_WORLD: [&str; 4] = ["the world", "ワールド", "월드", "模擬世界"];

/// `{}` is the last key.
pub(super) const NOUNS: &[Row] = rows! {
    "now": "the time in the cloud", "クラウドの時刻", "클라우드의 시각", "雲端的時間";
    "machines/*": "the machine {}", "{} マシン", "{} 컴퓨터", "{} 電腦";
    "machines/*/computer-name": "the computer name", "コンピューター名", "컴퓨터 이름", "電腦名稱";
    "machines/*/domain": "the domain of the machine", "マシンのドメイン", "컴퓨터의 도메인", "電腦的網域";
    "machines/*/language": "the language of Windows", "Windows の言語", "Windows의 언어", "Windows 的語言";
    "machines/*/os": "Windows", "Windows", "Windows", "Windows";
    "machines/*/os/installed-updates/*": "the update {} of Windows", "Windows の {} 更新プログラム", "Windows의 {} 업데이트", "Windows 的 {} 更新";
    "machines/*/volumes/*": "the volume {}", "{} ボリューム", "{} 볼륨", "{} 磁碟區";
    "machines/*/files/*": "the file {}", "{} ファイル", "{} 파일", "{} 檔案";
    "machines/*/denied/*": "the access list of {}", "{} のアクセス制御リスト", "{}의 액세스 목록", "{} 的存取控制清單";
    "machines/*/open-files/*":
        "the program that has {} open", "{} を開いているプログラム", "{}을(를) 열고 있는 프로그램", "開啟 {} 的程式";
    "machines/*/folder-attributes/*":
        "the attributes of the folder {}", "{} フォルダーの属性", "{} 폴더의 특성", "{} 資料夾的屬性";
    "machines/*/series/*":
        "the numbered files in the folder {}", "{} フォルダーの連番のファイル", "{} 폴더의 번호가 매겨진 파일",
        "{} 資料夾中的編號檔案";
    "machines/*/registry/*": "the registry key {}", "{} レジストリ キー", "{} 레지스트리 키", "{} 登錄機碼";
    "machines/*/registry/*/*": "the registry value {}", "{} レジストリ値", "{} 레지스트리 값", "{} 登錄值";
    "machines/*/environment/*": "the environment variable {}", "{} 環境変数", "{} 환경 변수", "{} 環境變數";
    "machines/*/boot/environment/*":
        "the environment variable {} of services and tasks", "サービスとタスクの {} 環境変数",
        "서비스와 작업의 {} 환경 변수", "服務與工作的 {} 環境變數";
    "machines/*/boot": "the last start of Windows", "Windows の前回の起動", "Windows의 마지막 시작", "Windows 上次啟動";
    "machines/*/services/*": "the service {}", "{} サービス", "{} 서비스", "{} 服務";
    "machines/*/tasks/*": "the task {}", "{} タスク", "{} 작업", "{} 工作";
    "machines/*/tasks/*/more-triggers/*": "the trigger {}", "{} トリガー", "{} 트리거", "{} 觸發程序";
    "machines/*/devices/*": "the device {}", "{} デバイス", "{} 장치", "{} 裝置";
    "machines/*/software/*": "the program {}", "{} プログラム", "{} 프로그램", "{} 程式";
    "machines/*/accounts/*": "the account {}", "{} アカウント", "{} 계정", "{} 帳戶";
    "machines/*/antivirus": "the antivirus program", "ウイルス対策プログラム", "바이러스 백신 프로그램", "防毒程式";
    "machines/*/antivirus/product": "the antivirus program", "ウイルス対策プログラム", "바이러스 백신 프로그램", "防毒程式";
    "machines/*/certificates/*": "the certificate {}", "{} 証明書", "{} 인증서", "{} 憑證";
    "machines/*/trusted-roots":
        "the trusted root certificates", "信頼されたルート証明書", "신뢰할 수 있는 루트 인증서", "受信任的根憑證";
    "machines/*/browsers/*": "the browser of {}", "{} のブラウザー", "{}의 브라우저", "{} 的瀏覽器";
    "machines/*/browsers/*/cache/*":
        "the browser's copy of {}", "ブラウザーにキャッシュされた {} のコピー", "브라우저에 캐시된 {}의 복사본",
        "瀏覽器中 {} 的快取複本";
    "machines/*/clock": "the clock", "時計", "시계", "時鐘";
    "machines/*/clock/zone": "the time zone", "タイム ゾーン", "표준 시간대", "時區";
    "machines/*/mounts/*": "the mounted volume {}", "マウントされた {} ボリューム", "탑재된 {} 볼륨", "掛接的 {} 磁碟區";
    "machines/*/snapshot-sets/*":
        "the shadow copy set of {}", "{} のシャドウ コピー セット", "{}의 섀도 복사본 집합", "{} 的陰影複製集";
    "machines/*/events/*": "the event log {}", "{} イベント ログ", "{} 이벤트 로그", "{} 事件記錄";
    "network/names/*": "the name {}", "{} という名前", "{} 이름", "{} 這個名稱";
    "network/aliases/*": "the alias {}", "{} という別名", "{} 별칭", "{} 這個別名";
    "network/resolver": "the DNS server", "DNS サーバー", "DNS 서버", "DNS 伺服器";
    "network/resolver/overrides/*":
        "what the DNS server answers for {}", "DNS サーバーの {} への応答", "{}에 대한 DNS 서버의 응답",
        "DNS 伺服器對 {} 的回應";
    "network/resolver/zones/*":
        "the DNS server's forwarder for {}", "DNS サーバーの {} のフォワーダー", "{}에 대한 DNS 서버의 전달자",
        "DNS 伺服器對 {} 的轉寄站";
    "network/resolver/zones/*/records/*":
        "the name {} in the forwarded zone", "転送先ゾーンの {} という名前", "전달되는 영역의 {} 이름",
        "轉寄區域中 {} 這個名稱";
    "network/firewall/*": "the firewall rule {}", "{} ファイアウォール規則", "{} 방화벽 규칙", "{} 防火牆規則";
    "network/proxies/*": "the proxy {}", "{} のプロキシ", "{} 프록시", "{} 的 Proxy";
    "network/proxies/*/users/*": "the proxy's user {}", "プロキシの {} ユーザー", "프록시의 {} 사용자", "Proxy 的 {} 使用者";
    "network/portals/*": "the captive portal {}", "{} のキャプティブ ポータル", "{} 종속 포털", "{} 的網路登入頁面";
    "cloud": "the cloud", "クラウド", "클라우드", "雲端";
    "cloud/latest-agent":
        "the latest release of the agent", "エージェントの最新リリース", "에이전트의 최신 릴리스", "代理程式的最新版本";
    "cloud/oldest-agent":
        "the oldest agent that the services support", "サービスがサポートする最も古いエージェント",
        "서비스가 지원하는 가장 오래된 에이전트", "服務支援的最舊代理程式";
    "cloud/credentials-hours":
        "the time for which credentials files are good, in hours,", "資格情報ファイルの有効期間 (時間)",
        "자격 증명 파일의 유효 기간(시간)", "認證檔的有效期間 (小時)";
    "cloud/endpoints/*": "the server {}", "{} サーバー", "{} 서버", "{} 伺服器";
    "cloud/probes/*": "the page {}", "{} ページ", "{} 페이지", "{} 頁面";
    "cloud/tenants/*": "the tenant {}", "{} テナント", "{} 테넌트", "{} 租用戶";
    "cloud/tenants/*/users/*": "the user {}", "{} ユーザー", "{} 사용자", "{} 使用者";
    "cloud/tenants/*/applications/*": "the application {}", "{} アプリケーション", "{} 애플리케이션", "{} 應用程式";
    "cloud/tenants/*/applications/*/certificates/*":
        "the application's certificate {}", "アプリケーションの {} 証明書", "애플리케이션의 {} 인증서", "應用程式的 {} 憑證";
    "cloud/tenants/*/applications/*/secrets/*":
        "the application's secret {}", "アプリケーションの {} シークレット", "애플리케이션의 {} 비밀", "應用程式的 {} 祕密";
    "cloud/subscriptions/*": "the subscription {}", "{} サブスクリプション", "{} 구독", "{} 訂用帳戶";
    "cloud/subscriptions/*/roles/*": "the roles of {}", "{} のロール", "{}의 역할", "{} 的角色";
    "cloud/subscriptions/*/custom-roles/*": "the custom role {}", "{} カスタム ロール", "{} 사용자 지정 역할", "{} 自訂角色";
    "cloud/subscriptions/*/resource-groups/*":
        "the resource group {}", "{} リソース グループ", "{} 리소스 그룹", "{} 資源群組";
    "cloud/subscriptions/*/resource-groups/*/tags/*":
        "the resource group's tag {}", "リソース グループの {} タグ", "리소스 그룹의 {} 태그", "資源群組的 {} 標籤";
    "cloud/vaults/*": "the vault {}", "{} コンテナー", "{} 자격 증명 모음", "{} 保存庫";
    "cloud/vaults/*/tags/*": "the vault's tag {}", "コンテナーの {} タグ", "자격 증명 모음의 {} 태그", "保存庫的 {} 標籤";
    "cloud/vaults/*/policies/*":
        "the vault's policy {}", "コンテナーの {} ポリシー", "자격 증명 모음의 {} 정책", "保存庫的 {} 原則";
    "cloud/vaults/*/machines/*":
        "the vault's entry of {}", "コンテナーの {} の登録", "자격 증명 모음의 {} 항목", "保存庫中 {} 的項目";
    "cloud/vaults/*/recovery-points/*": "the recovery point {}", "{} 回復ポイント", "{} 복구 지점", "{} 復原點";
    "cloud/storage-accounts/*": "the storage account {}", "{} ストレージ アカウント", "{} 스토리지 계정", "{} 儲存體帳戶";
    "cloud/storage-accounts/*/containers/*": "the container {}", "{} コンテナー", "{} 컨테이너", "{} 容器";
    "cloud/storage-accounts/*/containers/*/blobs/*": "the blob {}", "{} という BLOB", "{} Blob", "{} 這個 Blob";
    "cloud/storage-accounts/*/containers/*/blobs/*/metadata/*":
        "the blob's note {}", "BLOB の {} メモ", "Blob의 {} 메모", "Blob 的 {} 註記";
    "cloud/storage-accounts/*/containers/*/staged/*":
        "the unfinished blob {}", "未完了の {} BLOB", "완료되지 않은 {} Blob", "未完成的 {} Blob";
};

/// For tests: whether a part of a world has a noun of its own.
#[cfg(test)]
pub(super) fn is_known(segments: &[String]) -> bool {
    NOUNS.iter().any(|(pattern, _)| begins_with(segments, pattern))
}
