use snapbox::{assert_data_eq, str};

use super::write_within;

#[track_caller]
fn written(rows: &[[&str; 2]], limit: Option<usize>) -> String {
    let rows: Vec<[String; 2]> = rows.iter().map(|row| row.map(str::to_owned)).collect();
    let mut out = Vec::new();
    write_within(&mut out, 2, &rows, limit).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_last_column_is_wrapped_below_itself() {
    let rows = [
        ["kek-missing", "The file OnlineBackup.KEK is missing"],
        ["a", "ファイルが見つかりませんでした、どこにも"],
    ];
    assert_data_eq!(
        written(&rows, Some(46)),
        str![[r#"
  kek-missing  The file OnlineBackup.KEK is
               missing
  a            ファイルが見つかりませんでし
               た、どこにも

"#]]
    );
    assert_data_eq!(
        written(&rows, None),
        str![[r#"
  kek-missing  The file OnlineBackup.KEK is missing
  a            ファイルが見つかりませんでした、どこにも

"#]]
    );
}

#[test]
fn where_there_is_little_room_it_stands_below_the_row() {
    let rows = [["a-name-that-takes-most-of-the-line", "and what it is called"]];
    assert_data_eq!(
        written(&rows, Some(44)),
        str![[r#"
  a-name-that-takes-most-of-the-line
      and what it is called

"#]]
    );
}
