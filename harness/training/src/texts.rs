//! What a training says, in four languages: one row a text. What Windows and the agent say comes from the machine, and the
//! titles of causes, areas and remedies from the catalogue.

use marslab_engine::left_behind::Ending;
use marslab_model::{FieldPath, Operation};
use marslab_scenario::texts;

use crate::debrief::Ended;

texts! {
    /// The texts in one language.
    pub struct Texts;
    ticket: "Ticket", "チケット", "티켓", "工單";
    server: "Server", "サーバー", "서버", "伺服器";
    tried: "What was tried", "試した操作", "시도한 작업", "嘗試的作業";
    customer_says: "The customer says", "お客様の申告", "고객의 설명", "客戶的說明";
    download_credentials: "downloading the vault credentials file from the portal",
        "ポータルからのコンテナー資格情報ファイルのダウンロード",
        "포털에서 자격 증명 모음 파일 다운로드",
        "從入口網站下載保存庫認證檔";
    register: "registering the server with the vault", "コンテナーへのサーバーの登録",
        "자격 증명 모음에 서버 등록", "向保存庫註冊伺服器";
    set_passphrase: "setting the encryption passphrase", "暗号化パスフレーズの設定", "암호화 암호 설정", "設定加密複雜密碼";
    activate: "activating the server", "サーバーのアクティブ化", "서버 활성화", "啟用伺服器";
    backup: "backing up now", "今すぐバックアップ", "지금 백업", "立即備份";
    scheduled_backup: "the scheduled backup", "スケジュールされたバックアップ", "예약된 백업", "排程備份";
    restore: "mounting a recovery point as a volume", "回復ポイントのボリュームとしてのマウント",
        "복구 지점을 볼륨으로 탑재", "將復原點掛接為磁碟區";

    how_to_begin: "Type `help` for what can be typed, and `quit` to end.",
        "入力できるものは `help` で確認できます。終了するには `quit` と入力します。",
        "입력할 수 있는 명령은 `help`로 확인하고, 끝내려면 `quit`을 입력하세요.",
        "輸入 `help` 可查看能輸入的命令，輸入 `quit` 可結束。";
    help(operations): "\
Type Windows commands as on the server, or:
  operate [OPERATION]  try what the ticket is about, or another operation
  check                whether it works now, tried in a copy
  do REMEDY            have a documented remedy carried out, where no command
                       can: NAME, or NAME = { PARAMETER = VALUE, … }
  remedies [WORD]      list the documented remedies
  submit CAUSE         say what the cause is; the first one counts most
  causes [WORD]        list the causes
  hint                 where to look, in three steps; each costs points
  note TEXT            keep a note in the record
  time                 how much time has passed, and what time it is there
  quit                 end, and see the score
Operations: {operations}
`help COMMAND` is that of Windows, such as `help sc`.",
        "\
サーバー上と同じように Windows のコマンドを入力するか、次のように入力します。
  operate [OPERATION]  チケットの操作、または別の操作を試す
  check                今動作するかどうかを、コピーの中で試す
  do REMEDY            コマンドではできない文書化された対処を実行してもらう:
                       NAME、または NAME = { PARAMETER = VALUE, … }
  remedies [WORD]      文書化された対処の一覧
  submit CAUSE         原因を答える (最初の答えの配点が最も高い)
  causes [WORD]        原因の一覧
  hint                 調べる場所のヒント。3 段階あり、1 回ごとに減点
  note TEXT            記録にメモを残す
  time                 経過時間と、サーバー側の現在時刻
  quit                 終了して点数を見る
操作: {operations}
`help COMMAND` は Windows のヘルプです (例: `help sc`)。",
        "\
서버에서처럼 Windows 명령을 입력하거나 다음을 입력합니다.
  operate [OPERATION]  티켓의 작업 또는 다른 작업을 시도
  check                지금 작동하는지 복사본에서 확인
  do REMEDY            명령으로 할 수 없는 문서화된 해결 방법을 실행:
                       NAME 또는 NAME = { PARAMETER = VALUE, … }
  remedies [WORD]      문서화된 해결 방법 목록
  submit CAUSE         원인을 답함 (첫 번째 답의 배점이 가장 높음)
  causes [WORD]        원인 목록
  hint                 살펴볼 곳에 대한 힌트. 세 단계이며 매번 감점
  note TEXT            기록에 메모를 남김
  time                 지난 시간과 서버 쪽의 현재 시각
  quit                 끝내고 점수 보기
작업: {operations}
`help COMMAND`는 Windows의 도움말입니다(예: `help sc`).",
        "\
請像在伺服器上一樣輸入 Windows 命令，或輸入：
  operate [OPERATION]  嘗試工單上的作業，或其他作業
  check                在副本中測試現在是否正常
  do REMEDY            請人執行無法以命令完成的文件記載補救方法：
                       NAME，或 NAME = { PARAMETER = VALUE, … }
  remedies [WORD]      列出文件記載的補救方法
  submit CAUSE         回答原因 (第一個答案配分最高)
  causes [WORD]        列出原因
  hint                 提示該查看何處，共三步，每次都會扣分
  note TEXT            在記錄中留下備註
  time                 已經過的時間，以及伺服器那邊的時刻
  quit                 結束並查看分數
作業: {operations}
`help COMMAND` 是 Windows 的說明，例如 `help sc`。";
    clock_moved(time): "The world's clock moved on by {time}.", "サーバー側の時計が {time} 進みました。",
        "서버 쪽의 시계가 {time} 지났습니다.", "伺服器那邊的時鐘前進了 {time}。";
    works_now: "It works now.", "動作するようになりました。", "이제 작동합니다.", "現在可以正常運作。";
    does_not_work_yet: "It does not work yet.", "まだ動作しません。", "아직 작동하지 않습니다.", "仍然無法正常運作。";
    succeeded: "succeeded", "成功しました", "성공했습니다", "成功";
    failed: "failed", "失敗しました", "실패했습니다", "失敗";
    noted: "noted", "メモしました", "메모했습니다", "已記下";
    unknown_operation(name): "there is no operation `{name}`; `help` lists them",
        "操作 `{name}` はありません。`help` で一覧を表示できます",
        "`{name}` 작업은 없습니다. `help`로 목록을 볼 수 있습니다",
        "沒有 `{name}` 這項作業；`help` 會列出所有作業";
    unknown_remedy(name, near): "unknown remedy `{name}`{near}; `remedies` lists them",
        "対処 `{name}` はありません{near}。`remedies` で一覧を表示できます",
        "`{name}` 해결 방법은 없습니다{near}. `remedies`로 목록을 볼 수 있습니다",
        "沒有 `{name}` 這個補救方法{near}；`remedies` 會列出所有方法";
    unknown_cause(name, near): "unknown cause `{name}`{near}; `causes` lists them",
        "原因 `{name}` はありません{near}。`causes` で一覧を表示できます",
        "`{name}` 원인은 없습니다{near}. `causes`로 목록을 볼 수 있습니다",
        "沒有 `{name}` 這個原因{near}；`causes` 會列出所有原因";
    near(name): " (near to it: `{name}`)", " (近いもの: `{name}`)", "(비슷한 것: `{name}`)", "(相近的是：`{name}`)";
    how_a_remedy_is_typed: "expected NAME = { PARAMETER = VALUE, … }", "NAME = { PARAMETER = VALUE, … } の形で入力してください",
        "NAME = { PARAMETER = VALUE, … } 형식으로 입력하세요", "請依 NAME = { PARAMETER = VALUE, … } 的格式輸入";
    done(title): "done: {title}", "実行しました: {title}", "실행함: {title}", "已執行：{title}";
    submitted: "submitted; `quit` shows whether it is right", "受け付けました。正しいかどうかは `quit` で表示されます",
        "제출했습니다. 맞는지는 `quit`을 입력하면 표시됩니다", "已提交；輸入 `quit` 可查看是否正確";
    no_more_hints: "there are no more hints", "ヒントはもうありません", "힌트가 더 없습니다", "沒有更多提示了";
    nothing_has(word): "nothing has `{word}`", "`{word}` を含むものはありません", "`{word}`가 들어 있는 항목이 없습니다", "沒有包含 `{word}` 的項目";
    passed(time): "{time} have passed", "{time} 経過しました", "{time} 지났습니다", "已經過 {time}";
    time_left(time): "{time} are left", "残り {time} です", "{time} 남았습니다", "剩餘 {time}";
    there(time): "in the world it is {time}", "サーバー側では {time} です", "서버 쪽은 {time}입니다", "伺服器那邊是 {time}";

    hint_area(areas): "The area: {areas}", "領域: {areas}", "영역: {areas}", "範圍：{areas}";
    the_server_itself: "the server itself", "サーバー自体", "서버 자체", "伺服器本身";
    hint_place(places): "Where to look: {places}", "調べる場所: {places}", "살펴볼 곳: {places}", "該查看的地方：{places}";
    hint_cause(causes): "The cause: {causes}", "原因: {causes}", "원인: {causes}", "原因：{causes}";
    or: "; or ", "、または ", " 또는 ", "；或 ";
    at_the_clock: "at the clock; something has changed with time", "時計。時間の経過とともに何かが変わりました",
        "시계. 시간이 지나면서 무언가 바뀌었습니다", "時鐘；有些東西隨時間改變了";
    files_in(folder, machine): "the files in {folder} on {machine}", "{machine} の {folder} にあるファイル",
        "{machine}의 {folder}에 있는 파일", "{machine} 上 {folder} 中的檔案";
    registry_below(key, machine): "the registry of {machine}, below {key}", "{machine} のレジストリの {key} 以下",
        "{machine} 레지스트리의 {key} 아래", "{machine} 的登錄中 {key} 之下";
    of_machine(part, machine): "the {part} of {machine}", "{machine} の{part}", "{machine}의 {part}", "{machine} 的{part}";
    of_network(part): "the network: {part}", "ネットワーク: {part}", "네트워크: {part}", "網路：{part}";
    of_azure(part): "in Azure: {part}", "Azure 側: {part}", "Azure 쪽: {part}", "Azure 端：{part}";

    score(points, why, ending): "Score: {points} of 100{why}, {ending}", "点数: 100 点中 {points} 点{why}、{ending}",
        "점수: 100점 중 {points}점{why}, {ending}", "分數：{points}/100{why}，{ending}";
    time_is_up_now: "The time is up. Press Enter to see the score.", "時間切れです。Enter キーを押すと点数が表示されます。",
        "시간이 다 되었습니다. Enter 키를 누르면 점수가 표시됩니다.", "時間到了。按 Enter 鍵即可查看分數。";
    time_is_up: " (the time is up)", " (時間切れ)", "(시간 초과)", "(時間到)";
    interrupted: " (interrupted)", " (中断)", "(중단됨)", "(已中斷)";
    cured: "cured", "解決済み", "해결됨", "已解決";
    masked: "worked around, not put right", "回避しただけで、直っていない", "피해 갔을 뿐 고쳐지지 않음", "只是繞過，並未修復";
    not_cured: "not cured", "未解決", "해결되지 않음", "未解決";
    points_cured: "it works, and nothing is broken any more", "動作し、壊れたものも残っていない",
        "작동하고, 고장 난 것이 남아 있지 않음", "可以運作，而且沒有任何故障殘留";
    points_masked: "it works, but what was broken still is", "動作するが、壊れたものがそのまま残っている",
        "작동하지만 고장 난 것이 그대로 남아 있음", "可以運作，但故障依然存在";
    points_not_cured: "it does not work", "動作しない", "작동하지 않음", "無法運作";
    points_cause_at_once: "the cause, at once", "原因を最初に言い当てた", "원인을 처음에 맞힘", "第一次就答對原因";
    points_cause_later: "the cause, after others", "別の答えの後で原因を言い当てた", "다른 답을 말한 뒤 원인을 맞힘", "答了其他原因後才答對";
    points_no_cause: "the cause was not named", "原因を言い当てていない", "원인을 맞히지 못함", "沒有答對原因";
    points_looked: "looked at what is broken", "壊れた箇所を調べた", "고장 난 곳을 살펴봄", "查看了故障之處";
    points_collateral: "changed besides", "余計な変更", "그 밖의 변경", "額外的變更";
    points_hints: "hints", "ヒント", "힌트", "提示";
    it_was(title, scenario, level, seed): "It was: {title} ({scenario}{level}, seed {seed})",
        "正解: {title} ({scenario}{level}、シード {seed})", "정답: {title} ({scenario}{level}, 시드 {seed})",
        "答案：{title} ({scenario}{level}，種子 {seed})";
    level(level): ", difficulty {level}", "、難易度 {level}", ", 난이도 {level}", "，難度 {level}";
    heading(text): "{text}:", "{text}:", "{text}:", "{text}：";
    cause: "Cause", "原因", "원인", "原因";
    you_named: "You named", "あなたの答え", "제출한 답", "您的答案";
    still_broken: "Still as the fault left it", "障害のときのままのもの", "장애 때 그대로인 것", "仍維持故障時的狀態";
    why_masked: "The operation works because the repair went around this, not because it was put right.
It costs points: whatever else relies on it can still fail, and the fault can show again.",
        "操作が成功するのは、これを直したからではなく、避けて通ったからです。
これに依存する他の処理は失敗しうるままで、同じ障害が再び現れることもあるため、減点されます。",
        "작업이 성공하는 것은 이것을 고쳤기 때문이 아니라 피해 갔기 때문입니다.
이것에 의존하는 다른 작업은 여전히 실패할 수 있고 같은 장애가 다시 나타날 수 있으므로 감점됩니다.",
        "作業能夠成功，是因為繞過了這一點，而不是因為修復了它。
其他依賴它的作業仍可能失敗，同樣的故障也可能再次出現，因此會扣分。";
    why_besides(each, most): "Neither the fault nor what is documented for it changes this. Each costs {each} points, {most} at most.",
        "障害でも、文書化された対処でも変わらないものです。1 件につき {each} 点、最大 {most} 点の減点です。",
        "장애도, 문서화된 해결 방법도 바꾸지 않는 것입니다. 한 건에 {each}점, 최대 {most}점 감점됩니다.",
        "故障與文件記載的補救方法都不會變更這些項目。每項扣 {each} 分，最多 {most} 分。";
    changed_besides: "Changed besides", "余計に変更されたもの", "그 밖에 변경된 것", "額外變更之處";
    broken_and_seen: "Broken, and you looked at it", "壊れていて、調べたもの", "고장 났고 살펴본 것", "有故障，而且您查看過";
    broken_and_missed: "Broken, and you did not look at it", "壊れていたが、調べなかったもの", "고장 났지만 살펴보지 않은 것",
        "有故障，但您沒有查看";
    your_notes: "Your notes", "メモ", "메모", "您的備註";
    and_more(count): "and {count} more", "ほか {count} 件", "외 {count}개", "還有 {count} 項";
    section(title): "Section of the articles: {title}", "記事のセクション: {title}", "문서의 섹션: {title}", "文章的章節：{title}";
    documented_remedy(title): "Documented remedy: {title}", "文書化された対処: {title}", "문서화된 해결 방법: {title}",
        "文件記載的補救方法：{title}";
    told_again(file): "`marslab replay {file}` tells it again", "`marslab replay {file}` でもう一度表示できます",
        "`marslab replay {file}`로 다시 볼 수 있습니다", "`marslab replay {file}` 可重新播放";
    not_ended: "The training has not ended: what it was is not in the record.",
        "トレーニングは終了していません。正解は記録に含まれていません。",
        "훈련이 끝나지 않았습니다. 정답은 기록에 없습니다.",
        "訓練尚未結束：記錄中沒有答案。";
    elapsed(after, time): "+{after}, there {time}", "+{after}、サーバー側 {time}", "+{after}, 서버 쪽 {time}", "+{after}，伺服器那邊 {time}";
}

/// The parts of a world, by the beginning of their paths.
const PARTS: &[(&str, [&str; 4])] = &[
    ("now", ["time", "時刻", "시각", "時間"]),
    ("machines/*/computer-name", ["computer name", "コンピューター名", "컴퓨터 이름", "電腦名稱"]),
    ("machines/*/domain", ["domain", "ドメイン", "도메인", "網域"]),
    ("machines/*/language", ["language", "言語", "언어", "語言"]),
    ("machines/*/platform", ["hardware", "ハードウェア", "하드웨어", "硬體"]),
    (
        "machines/*/os",
        [
            "Windows version and updates",
            "Windows のバージョンと更新プログラム",
            "Windows 버전과 업데이트",
            "Windows 版本與更新",
        ],
    ),
    ("machines/*/volumes", ["volumes", "ボリューム", "볼륨", "磁碟區"]),
    ("machines/*/files", ["files", "ファイル", "파일", "檔案"]),
    (
        "machines/*/denied",
        ["access lists of files", "ファイルのアクセス許可", "파일의 액세스 권한", "檔案的存取權限"],
    ),
    (
        "machines/*/open-files",
        ["open files", "開いているファイル", "열려 있는 파일", "開啟中的檔案"],
    ),
    (
        "machines/*/folder-attributes",
        ["attributes of folders", "フォルダーの属性", "폴더의 특성", "資料夾屬性"],
    ),
    (
        "machines/*/series",
        [
            "many files in one folder",
            "1 つのフォルダー内の多数のファイル",
            "한 폴더에 있는 많은 파일",
            "同一資料夾中的大量檔案",
        ],
    ),
    ("machines/*/registry", ["registry", "レジストリ", "레지스트리", "登錄"]),
    ("machines/*/environment", ["environment variables", "環境変数", "환경 변수", "環境變數"]),
    ("machines/*/services", ["services", "サービス", "서비스", "服務"]),
    (
        "machines/*/tasks",
        ["scheduled tasks", "スケジュールされたタスク", "예약된 작업", "排定的工作"],
    ),
    (
        "machines/*/devices",
        ["devices and drivers", "デバイスとドライバー", "장치와 드라이버", "裝置與驅動程式"],
    ),
    ("machines/*/software", ["programs", "プログラム", "프로그램", "程式"]),
    ("machines/*/accounts", ["accounts", "アカウント", "계정", "帳戶"]),
    (
        "machines/*/antivirus",
        ["antivirus program", "ウイルス対策プログラム", "바이러스 백신", "防毒程式"],
    ),
    ("machines/*/certificates", ["certificates", "証明書", "인증서", "憑證"]),
    (
        "machines/*/trusted-roots",
        [
            "trusted root certificates",
            "信頼されたルート証明書",
            "신뢰할 수 있는 루트 인증서",
            "受信任的根憑證",
        ],
    ),
    ("machines/*/browsers", ["browsers", "ブラウザー", "브라우저", "瀏覽器"]),
    (
        "machines/*/clock",
        ["clock and time zone", "時計とタイム ゾーン", "시계와 표준 시간대", "時鐘與時區"],
    ),
    (
        "machines/*/boot",
        [
            "last start of Windows",
            "Windows の前回の起動",
            "Windows의 마지막 시작",
            "Windows 上次啟動",
        ],
    ),
    (
        "machines/*/mounts",
        ["mounted volumes", "マウントされたボリューム", "탑재된 볼륨", "掛接的磁碟區"],
    ),
    ("machines/*/snapshot-sets", ["shadow copies", "シャドウ コピー", "섀도 복사본", "陰影複製"]),
    ("machines/*/events", ["event log", "イベント ログ", "이벤트 로그", "事件記錄"]),
    ("machines", ["machine", "マシン", "컴퓨터", "電腦"]),
    ("network/names", ["names", "名前", "이름", "名稱"]),
    ("network/aliases", ["aliases of names", "名前の別名", "이름의 별칭", "名稱的別名"]),
    ("network/resolver", ["DNS server", "DNS サーバー", "DNS 서버", "DNS 伺服器"]),
    ("network/firewall", ["firewall", "ファイアウォール", "방화벽", "防火牆"]),
    ("network/proxies", ["proxies", "プロキシ", "프록시", "Proxy"]),
    ("network/portals", ["captive portals", "キャプティブ ポータル", "종속 포털", "網路登入頁面"]),
    ("cloud/endpoints", ["servers", "サーバー", "서버", "伺服器"]),
    (
        "cloud/probes",
        ["pages that are asked for", "確認用のページ", "확인용 페이지", "用於檢查的網頁"],
    ),
    (
        "cloud/latest-agent",
        ["latest agent", "最新のエージェント", "최신 에이전트", "最新的代理程式"],
    ),
    (
        "cloud/oldest-agent",
        [
            "oldest agent that is supported",
            "サポートされる最も古いエージェント",
            "지원되는 가장 오래된 에이전트",
            "支援的最舊代理程式",
        ],
    ),
    (
        "cloud/credentials-hours",
        [
            "how long credentials files are good",
            "資格情報ファイルの有効期間",
            "자격 증명 파일의 유효 기간",
            "認證檔的有效期間",
        ],
    ),
    ("cloud/tenants", ["tenants", "テナント", "테넌트", "租用戶"]),
    (
        "cloud/subscriptions",
        ["subscriptions and roles", "サブスクリプションとロール", "구독과 역할", "訂閱與角色"],
    ),
    ("cloud/vaults", ["vaults", "コンテナー", "자격 증명 모음", "保存庫"]),
    (
        "cloud/storage-accounts",
        ["storage accounts", "ストレージ アカウント", "스토리지 계정", "儲存體帳戶"],
    ),
];

impl Texts {
    /// What was tried, in the terms of the articles.
    pub fn operation(self, operation: Operation) -> String {
        match operation {
            Operation::DownloadCredentials => self.download_credentials(),
            Operation::Register => self.register(),
            Operation::SetPassphrase => self.set_passphrase(),
            Operation::Activate => self.activate(),
            Operation::Backup => self.backup(),
            Operation::ScheduledBackup => self.scheduled_backup(),
            Operation::Restore => self.restore(),
        }
    }

    /// How a repair ended.
    pub fn ending(self, ending: Ending) -> String {
        match ending {
            Ending::Cured => self.cured(),
            Ending::Masked => self.masked(),
            Ending::NotCured => self.not_cured(),
        }
    }

    /// Why a training ended, where it was not the trainee's wish.
    pub(crate) fn ended(self, ended: Ended) -> String {
        match ended {
            Ended::Quit => String::new(),
            Ended::TimeUp => self.time_is_up(),
            Ended::Interrupted => self.interrupted(),
        }
    }

    /// What the part of the world is called to which a field belongs.
    pub(crate) fn part(self, field: &FieldPath) -> Option<&'static str> {
        let segments = field.segments();
        let fits = |pattern: &str| {
            let parts: Vec<&str> = pattern.split('/').collect();
            let mut pairs = parts.iter().zip(&segments);
            parts.len() <= segments.len() && pairs.all(|(part, it)| *part == "*" || part == it)
        };
        let known = PARTS.iter().find(|(pattern, _)| fits(pattern));
        known.map(|(_, words)| self.0.pick(*words))
    }
}

#[cfg(test)]
mod tests;
