//! What `net` says (`netmsg.dll`). The translations are as Windows in that language shows them, as far as they are known; else
//! English (†).

use marslab_shell::wording::Texts;

pub(super) const DONE: Texts = Texts {
    en: "The command completed successfully.",
    ja: "コマンドは正常に終了しました。",
    ko: "명령을 잘 실행했습니다.",
    zh: "命令執行成功。",
};

pub(super) const MORE_HELP: Texts = Texts {
    en: "More help is available by typing NET HELPMSG {}.",
    ja: "NET HELPMSG {} と入力すると、より詳しい説明が得られます。",
    ko: "NET HELPMSG {}을(를) 입력하면 도움말을 더 볼 수 있습니다.",
    zh: "您可以輸入 NET HELPMSG {} 取得更多說明。",
};

pub(super) const SYSTEM_ERROR: Texts = Texts {
    en: "System error {} has occurred.",
    ja: "システム エラー {} が発生しました。",
    ko: "시스템 오류 {}이(가) 생겼습니다.",
    zh: "發生系統錯誤 {}。",
};

pub(super) const STARTED_ONES: Texts = Texts {
    en: "These Windows services are started:",
    ja: "次の Windows サービスが開始されています:",
    ko: "다음 Windows 서비스가 시작되었습니다.",
    zh: "已經啟動這些 Windows 服務:",
};

pub(super) const STARTED: Texts = Texts {
    en: "The {} service is starting.\nThe {} service was started successfully.\n\n",
    ja: "{} サービスを開始します.\n{} サービスは正常に開始されました。\n\n",
    ko: "{} 서비스를 시작합니다..\n{} 서비스가 잘 시작되었습니다.\n\n",
    zh: "{} 服務正在啟動 .\n{} 服務已經啟動成功。\n\n",
};

pub(super) const STOPPED: Texts = Texts {
    en: "The {} service is stopping.\nThe {} service was stopped successfully.\n\n",
    ja: "{} サービスを停止中です.\n{} サービスは正常に停止されました。\n\n",
    ko: "{} 서비스를 멈춥니다..\n{} 서비스를 잘 멈추었습니다.\n\n",
    zh: "{} 服務正在停止 .\n{} 服務已成功停止。\n\n",
};

pub(super) const ALREADY_STARTED: Texts = Texts {
    en: "The requested service has already been started.",
    ja: "要求したサービスは既に開始されています。",
    ko: "요청한 서비스가 이미 시작되었습니다.",
    zh: "所要求的服務已經啟動。",
};

pub(super) const NOT_STARTED: Texts = Texts {
    en: "The {} service is not started.",
    ja: "{} サービスは開始されていません。",
    ko: "{} 서비스가 시작되지 않았습니다.",
    zh: "{} 服務尚未啟動。",
};

pub(super) const INVALID_NAME: Texts = Texts {
    en: "The service name is invalid.",
    ja: "サービス名が無効です。",
    ko: "서비스 이름이 잘못되었습니다.",
    zh: "服務名稱無效。",
};

pub(super) const REMEMBERED: Texts = Texts {
    en: "New connections will be remembered.",
    ja: "新しい接続は記憶されます。",
    ko: "새 연결 정보가 저장됩니다.",
    zh: "會記憶新的連線。",
};

pub(super) const NO_ENTRIES: Texts = Texts {
    en: "There are no entries in the list.",
    ja: "一覧にエントリが存在しません。",
    ko: "목록에 항목이 없습니다.",
    zh: "清單是空的。",
};

pub(super) const NO_USER: Texts = Texts::english("The user name could not be found.");

pub(super) const NO_GROUP: Texts = Texts::english("The group name could not be found.");

pub(super) const NO_MESSAGE: Texts =
    Texts::english("NET HELPMSG was unable to find the message that you specified.");
