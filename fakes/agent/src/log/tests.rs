use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::{Log, Progress};
use crate::step_error::{Skipped, StepError};
use crate::testing::{NOW, installed, text_of};

const PATH: &str = r"C:\Temp\a.errlog";

/// The lines that a log writes, without the columns that every line of an operation shares.
fn lines(write: impl FnOnce(&mut Log)) -> Vec<String> {
    let host = installed();
    let mut log = Log::begin(&host);
    write(&mut log);
    log.write(&host, &WinPath::new(PATH));
    let text = text_of(&host, PATH).unwrap_or_default();
    let own = "0101\t0101\t05/21\t10:00:00.206\t";
    text.lines().map(|line| line.strip_prefix(own).unwrap().to_owned()).collect()
}

const TASK: &str = "02020202-0202-4202-8202-020202020202";

#[test]
fn lines_have_the_published_columns() {
    let at = NOW.parse().unwrap();
    let why = Skipped::Unread(FileError::AccessDenied);
    let left_out = StepError::LeftOut { path: WinPath::new(r"D:\a.txt"), why };
    let held = StepError::File { path: WinPath::new(r"C:\s"), error: FileError::SharingViolation };
    let found = lines(|log| {
        log.success(at, "two\twith\r\nbreaks");
        log.progress(at, Progress::PrebackupStarted);
        log.failure(at, &left_out);
        log.job_failed(at, &left_out);
        log.failure(at, &held);
    });
    let pointer = "[0000000001010101]";
    let expected = [
        format!("79\tCallerFileName(0)\t\t{TASK}\t\tNORMAL\ttwo with  breaks"),
        format!(
            "71\tbackupasync.cpp(1279)\t{pointer}\t{TASK}\t\tNORMAL\tBackup Progress: Prebackup started."
        ),
        format!(
            "18\tmtffile.cpp(1372)\t{pointer}\t{TASK}\t\tWARNING\tFailed: Hr: = [0x80070005] BackupRead failed on file(D:\\a.txt)"
        ),
        format!(
            "71\tbackupasync.cpp(1184)\t{pointer}\t{TASK}\t\tWARNING\tFailed: Hr: = [0x80070005] Backup Progress: Failed"
        ),
        format!(
            "79\tCallerFileName(0)\t\t{TASK}\t\tWARNING\tException in OpenFile | Params: {{Data = }}{{Message = The process cannot access the file 'C:\\s' because it is being used by another process.}}{{HResult = 0x80070020}}"
        ),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_operation_without_lines_leaves_the_file_alone() {
    assert!(lines(|_log| {}).is_empty());
}
