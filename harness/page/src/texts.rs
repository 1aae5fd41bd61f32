//! What the page says, in four languages: one row a text. What Windows and the agent say comes from the machine.

use marslab_model::Operation;
use marslab_model::world::{Language, ServiceState, StartType};

use crate::picture::Place;

macro_rules! texts {
    ($name:ident: $($field:ident: $english:literal, $japanese:literal, $korean:literal, $chinese:literal;)*) => {
        /// Texts of the page in one language.
        #[derive(Debug)]
        pub(crate) struct $name {
            $(pub(crate) $field: &'static str,)*
        }

        static ENGLISH: $name = $name { $($field: $english,)* };
        static JAPANESE: $name = $name { $($field: $japanese,)* };
        static KOREAN: $name = $name { $($field: $korean,)* };
        static CHINESE: $name = $name { $($field: $chinese,)* };

        impl $name {
            /// The texts in a language.
            pub(crate) const fn of(language: Language) -> &'static Self {
                language.pick([&ENGLISH, &JAPANESE, &KOREAN, &CHINESE])
            }
        }
    };
}

pub(crate) mod training;

texts! {
    Texts:
    skip: "Skip to the command prompt", "コマンド プロンプトへ移動", "명령 프롬프트로 건너뛰기", "跳到命令提示字元";
    hidden_title: "What is wrong here?", "何が起きているのでしょうか?", "무엇이 잘못되었을까요?", "哪裡出了問題？";
    server_time: "Server time", "サーバーの時刻", "서버 시각", "伺服器時間";
    page_language: "Language of this page", "このページの言語", "이 페이지의 언어", "本頁語言";
    network: "Network", "ネットワーク", "네트워크", "網路";
    no_traffic: "Nothing has been sent yet.", "まだ何も送信されていません。", "아직 전송된 것이 없습니다.", "尚未傳送任何內容。";
    picture: "The server, its proxies, the firewall and the cloud, and the last exchange between them",
        "サーバー、プロキシ、ファイアウォール、クラウドと、その間の最後の通信",
        "서버, 프록시, 방화벽, 클라우드와 그 사이의 마지막 통신",
        "伺服器、Proxy、防火牆與雲端，以及它們之間的最後一次通訊";
    server: "Server", "サーバー", "서버", "伺服器";
    proxy: "Proxy", "プロキシ", "프록시", "Proxy";
    firewall: "Firewall", "ファイアウォール", "방화벽", "防火牆";
    cloud: "Cloud", "クラウド", "클라우드", "雲端";
    sign_in: "Sign-in", "サインイン", "로그인", "登入";
    management: "Portal and management", "ポータルと管理", "포털 및 관리", "入口網站與管理";
    backup_service: "Backup service", "バックアップ サービス", "백업 서비스", "備份服務";
    storage: "Storage", "ストレージ", "저장소", "儲存體";
    other_hosts: "Other hosts", "その他のホスト", "기타 호스트", "其他主機";
    agent: "Backup agent", "バックアップ エージェント", "백업 에이전트", "備份代理程式";
    operation: "Operation", "操作", "작업", "作業";
    operate: "Run", "実行", "실행", "執行";
    not_tried: "Nothing has been tried yet. Run the operation to see what the agent shows.",
        "まだ何も実行されていません。操作を実行すると、エージェントの表示を確認できます。",
        "아직 아무것도 실행하지 않았습니다. 작업을 실행하면 에이전트가 표시하는 내용을 볼 수 있습니다.",
        "尚未執行任何作業。請執行作業，查看代理程式顯示的內容。";
    succeeded: "Succeeded", "成功", "성공", "成功";
    failed: "Failed", "失敗", "실패", "失敗";
    download_credentials: "Download vault credentials", "コンテナー資格情報のダウンロード", "자격 증명 모음 자격 증명 다운로드", "下載保存庫認證";
    register: "Register the server", "サーバーの登録", "서버 등록", "註冊伺服器";
    set_passphrase: "Set the passphrase", "パスフレーズの設定", "암호 설정", "設定複雜密碼";
    activate: "Activate", "アクティブ化", "활성화", "啟用";
    backup: "Back up now", "今すぐバックアップ", "지금 백업", "立即備份";
    scheduled_backup: "Scheduled backup", "スケジュールされたバックアップ", "예약된 백업", "排程備份";
    restore: "Mount a recovery point", "回復ポイントのマウント", "복구 지점 탑재", "掛接復原點";
    prompt: "Command prompt", "コマンド プロンプト", "명령 프롬프트", "命令提示字元";
    prompt_hint: "Windows and PowerShell commands on the simulated server. Arrow keys bring back earlier lines; Tab completes a word; Esc clears the line.",
        "シミュレートされたサーバー上の Windows と PowerShell のコマンドです。方向キーで前の行を呼び出し、Tab キーで単語を補完し、Esc キーで行を消去します。",
        "시뮬레이션된 서버의 Windows 및 PowerShell 명령입니다. 화살표 키로 이전 줄을 불러오고 Tab 키로 단어를 완성하며 Esc 키로 줄을 지웁니다.",
        "在模擬伺服器上的 Windows 與 PowerShell 命令。方向鍵可叫回先前的命令，Tab 鍵可補齊字詞，Esc 鍵可清除該行。";
    command_line: "Command line", "コマンド ライン", "명령줄", "命令列";
    enter: "Enter", "入力", "입력", "輸入";
    exit_code: "exit code", "終了コード", "종료 코드", "結束代碼";
    machine: "On the server", "サーバーの状態", "서버 상태", "伺服器狀態";
    choose_pane: "Choose what to look at.", "確認する項目を選んでください。", "살펴볼 항목을 선택하세요.", "請選擇要檢查的項目。";
    services: "Services", "サービス", "서비스", "服務";
    tasks: "Tasks", "タスク", "작업 스케줄러", "工作排程";
    registry: "Registry", "レジストリ", "레지스트리", "登錄";
    files: "Files", "ファイル", "파일", "檔案";
    volumes: "Volumes", "ボリューム", "볼륨", "磁碟區";
    proxies: "Proxy settings", "プロキシ設定", "프록시 설정", "Proxy 設定";
    events: "Event log", "イベント ログ", "이벤트 로그", "事件記錄";
    traffic: "Traffic", "通信", "트래픽", "流量";
    name: "Name", "名前", "이름", "名稱";
    display_name: "Display name", "表示名", "표시 이름", "顯示名稱";
    status: "Status", "状態", "상태", "狀態";
    startup: "Startup type", "スタートアップの種類", "시작 유형", "啟動類型";
    log_on_as: "Log on as", "ログオン", "다음 사용자로 로그온", "登入身分";
    running: "Running", "実行中", "실행 중", "執行中";
    stopped: "Stopped", "停止", "중지됨", "已停止";
    automatic: "Automatic", "自動", "자동", "自動";
    manual: "Manual", "手動", "수동", "手動";
    disabled: "Disabled", "無効", "사용 안 함", "已停用";
    enabled: "Enabled", "有効", "사용", "已啟用";
    trigger: "Trigger", "トリガー", "트리거", "觸發程序";
    every_day_at: "Every day at", "毎日", "매일", "每天";
    last_run: "Last run", "前回の実行時刻", "마지막 실행", "上次執行";
    last_result: "Last result", "前回の実行結果", "마지막 실행 결과", "上次執行結果";
    never: "Never", "なし", "없음", "從未";
    runs: "Action", "操作", "동작", "動作";
    kind: "Type", "種類", "종류", "類型";
    value: "Data", "データ", "데이터", "資料";
    path: "Path", "パス", "경로", "路徑";
    go: "Open", "開く", "열기", "開啟";
    up_one: "Up one level", "一つ上へ", "한 수준 위로", "上一層";
    size: "Size", "サイズ", "크기", "大小";
    free: "Free", "空き容量", "사용 가능한 공간", "可用空間";
    file_system: "File system", "ファイル システム", "파일 시스템", "檔案系統";
    modified: "Modified", "更新日時", "수정한 날짜", "修改日期";
    folder: "Folder", "フォルダー", "폴더", "資料夾";
    attributes: "Attributes", "属性", "특성", "屬性";
    setting: "Setting", "設定", "설정", "設定";
    not_set: "Not set", "未設定", "설정되지 않음", "未設定";
    time: "Time", "時刻", "시간", "時間";
    source: "Source", "ソース", "원본", "來源";
    event_id: "Event ID", "イベント ID", "이벤트 ID", "事件識別碼";
    message: "Message", "メッセージ", "메시지", "訊息";
    to: "To", "宛先", "대상", "目的地";
    request: "Request", "要求", "요청", "要求";
    answer_sent: "Answer", "応答", "응답", "回應";
    nothing: "There is nothing here.", "項目はありません。", "항목이 없습니다.", "沒有項目。";
    not_shown: "Not shown: it is not text, or it is too large.", "テキストではないか大きすぎるため、表示できません。",
        "텍스트가 아니거나 너무 커서 표시할 수 없습니다.", "不是文字或太大，無法顯示。";
    only_first: "Only the first are shown:", "先頭のみを表示しています:", "처음 항목만 표시합니다:", "僅顯示前幾項：";
    answer: "Answer", "答え", "정답", "解答";
    answer_hidden: "The cause is hidden, so that it can be looked for.", "原因を探せるように、隠してあります。",
        "원인을 찾을 수 있도록 숨겨져 있습니다.", "為了讓您自行尋找，原因已隱藏。";
    reveal: "Reveal the answer", "答えを表示", "정답 보기", "顯示解答";
    hide: "Hide the answer", "答えを隠す", "정답 숨기기", "隱藏解答";
    scenario: "Scenario", "シナリオ", "시나리오", "情境";
    faults: "Active faults", "発生中の障害", "활성 장애", "作用中的故障";
    no_faults: "None", "なし", "없음", "無";
    revert: "Undo", "元に戻す", "되돌리기", "復原";
    break_again: "Break again", "もう一度障害を起こす", "다시 장애 발생", "再次造成故障";
    remedies: "Remedies", "対処方法", "해결 방법", "補救方法";
    repair: "Carry out the next remedy", "次の対処を実行", "다음 해결 방법 실행", "執行下一個補救方法";
    carried_out: "Carried out", "実行済み", "실행됨", "已執行";
    changed: "What changed", "変更点", "변경된 내용", "變更內容";
    offline: "The lab no longer answers. This page shows the last state.", "ラボが応答しません。表示は最後の状態です。",
        "랩이 응답하지 않습니다. 마지막 상태를 표시합니다.", "實驗室已無回應。本頁顯示最後的狀態。";
}

impl Texts {
    pub(crate) const fn operation(&self, operation: Operation) -> &'static str {
        match operation {
            Operation::DownloadCredentials => self.download_credentials,
            Operation::Register => self.register,
            Operation::SetPassphrase => self.set_passphrase,
            Operation::Activate => self.activate,
            Operation::Backup => self.backup,
            Operation::ScheduledBackup => self.scheduled_backup,
            Operation::Restore => self.restore,
        }
    }

    pub(crate) const fn service_state(&self, state: ServiceState) -> &'static str {
        match state {
            ServiceState::Running => self.running,
            ServiceState::Stopped => self.stopped,
        }
    }

    pub(crate) const fn start_type(&self, start: StartType) -> &'static str {
        match start {
            StartType::Automatic => self.automatic,
            StartType::Manual => self.manual,
            StartType::Disabled => self.disabled,
        }
    }

    pub(crate) const fn enabled_or_not(&self, enabled: Enabled) -> &'static str {
        match enabled {
            Enabled(true) => self.enabled,
            Enabled(false) => self.disabled,
        }
    }

    pub(crate) const fn place(&self, place: Place) -> &'static str {
        match place {
            Place::SignIn => self.sign_in,
            Place::Management => self.management,
            Place::Backup => self.backup_service,
            Place::Storage => self.storage,
            Place::Other => self.other_hosts,
        }
    }
}

/// Whether something is switched on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Enabled(pub(crate) bool);

/// The languages of the page, by their own names.
pub(crate) const LANGUAGES: [(Language, &str); 4] = [
    (Language::English, "English"),
    (Language::Japanese, "日本語"),
    (Language::Korean, "한국어"),
    (Language::ChineseTraditional, "繁體中文"),
];
