//! The messages of Windows' error numbers (`FormatMessageW`), as its programs print them.
//!
//! The English ones are those of Microsoft's list of system error codes; the others as Windows in that language shows them,
//! as far as they are known; else English (†).

use marslab_model::world::Language;

use crate::wording::Texts;

/// The message of an error number, without an end of line; for a number without one, the number itself.
pub fn of(language: Language, number: u32) -> String {
    // An HRESULT of a Win32 error has its message.
    let bare = if number >> 16 == 0x8007 { number & 0xffff } else { number };
    match MESSAGES.iter().find(|(known, _)| *known == bare) {
        Some((_, texts)) => texts.of(language).to_owned(),
        None => format!("0x{number:x} ({number})"),
    }
}

const fn t(en: &'static str, ja: &'static str, ko: &'static str, zh: &'static str) -> Texts {
    Texts { en, ja, ko, zh }
}

const MESSAGES: &[(u32, Texts)] = &[
    (
        2,
        t(
            "The system cannot find the file specified.",
            "指定されたファイルが見つかりません。",
            "지정된 파일을 찾을 수 없습니다.",
            "系統找不到指定的檔案。",
        ),
    ),
    (
        3,
        t(
            "The system cannot find the path specified.",
            "指定されたパスが見つかりません。",
            "지정된 경로를 찾을 수 없습니다.",
            "系統找不到指定的路徑。",
        ),
    ),
    (
        5,
        t(
            "Access is denied.",
            "アクセスが拒否されました。",
            "액세스가 거부되었습니다.",
            "存取被拒。",
        ),
    ),
    (
        15,
        t(
            "The system cannot find the drive specified.",
            "指定されたドライブが見つかりません。",
            "지정된 드라이브를 찾을 수 없습니다.",
            "系統找不到指定的磁碟機。",
        ),
    ),
    (
        32,
        t(
            "The process cannot access the file because it is being used by another process.",
            "プロセスはファイルにアクセスできません。別のプロセスが使用中です。",
            "다른 프로세스가 파일을 사용 중이기 때문에 프로세스가 액세스 할 수 없습니다.",
            "程序無法存取檔案，因為檔案正由另一個程序使用。",
        ),
    ),
    (
        53,
        t(
            "The network path was not found.",
            "ネットワーク パスが見つかりません。",
            "네트워크 경로를 찾지 못했습니다.",
            "找不到網路路徑。",
        ),
    ),
    (80, Texts::english("The file exists.")),
    (
        87,
        t(
            "The parameter is incorrect.",
            "パラメーターが間違っています。",
            "매개 변수가 틀립니다.",
            "參數錯誤。",
        ),
    ),
    (
        112,
        t(
            "There is not enough space on the disk.",
            "ディスクに十分な空き領域がありません。",
            "디스크 공간이 부족합니다.",
            "磁碟空間不足。",
        ),
    ),
    (
        123,
        t(
            "The filename, directory name, or volume label syntax is incorrect.",
            "ファイル名、ディレクトリ名、またはボリューム ラベルの構文が間違っています。",
            "파일 이름, 디렉터리 이름 또는 볼륨 레이블 구문이 잘못되었습니다.",
            "檔案名稱、目錄名稱或磁碟區標籤語法錯誤。",
        ),
    ),
    (223, Texts::english("The file size exceeds the limit allowed and cannot be saved.")),
    (395, Texts::english("Access to the cloud file is denied.")),
    (
        1053,
        t(
            "The service did not respond to the start or control request in a timely fashion.",
            "そのサービスは指定時間内に開始要求または制御要求に応答しませんでした。",
            "서비스가 제시간에 시작이나 제어 요청에 응답하지 않았습니다.",
            "服務沒有及時回應啟動或控制請求。",
        ),
    ),
    (
        1056,
        t(
            "An instance of the service is already running.",
            "サービスのインスタンスは既に実行中です。",
            "서비스의 인스턴스가 이미 실행 중입니다.",
            "服務的執行個體已在執行中。",
        ),
    ),
    (
        1058,
        t(
            "The service cannot be started, either because it is disabled or because it has no enabled devices associated \
             with it.",
            "指定されたサービスは無効であるか、または有効なデバイスが関連付けられていないため、開始できません。",
            "서비스를 사용할 수 없도록 설정되었거나 연결된 장치를 사용할 수 없도록 설정되었기 때문에 서비스를 시작할 수 \
             없습니다.",
            "服務無法啟動，因為它已停用或沒有相關聯的已啟用裝置。",
        ),
    ),
    (
        1060,
        t(
            "The specified service does not exist as an installed service.",
            "指定されたサービスはインストールされたサービスとして存在しません。",
            "지정된 서비스가 설치된 서비스로 없습니다.",
            "指定的服務不是安裝的服務。",
        ),
    ),
    (1061, Texts::english("The service cannot accept control messages at this time.")),
    (
        1062,
        t(
            "The service has not been started.",
            "サービスは開始されていません。",
            "서비스가 시작되지 않았습니다.",
            "服務尚未啟動。",
        ),
    ),
    (
        1326,
        t(
            "The user name or password is incorrect.",
            "ユーザー名またはパスワードが正しくありません。",
            "사용자 이름 또는 암호가 올바르지 않습니다.",
            "使用者名稱或密碼不正確。",
        ),
    ),
    (
        1392,
        t(
            "The file or directory is corrupted and unreadable.",
            "ファイルまたはディレクトリが壊れているため、読み取ることができません。",
            "파일 또는 디렉터리가 손상되었기 때문에 읽을 수 없습니다.",
            "檔案或目錄損毀而且無法讀取。",
        ),
    ),
    (
        1722,
        t(
            "The RPC server is unavailable.",
            "RPC サーバーを利用できません。",
            "RPC 서버를 사용할 수 없습니다.",
            "RPC 伺服器無法使用。",
        ),
    ),
];

#[cfg(test)]
mod tests;
