//! `time`: the machine's time of day, shown and set.

use async_trait::async_trait;
use jiff::civil::Time as Clock;
use marslab_shell::Printed;
use marslab_shell::dates;
use marslab_shell::wording::{Texts, fill};

use crate::program::{Call, Program};

pub(super) struct Time;

#[async_trait]
impl Program for Time {
    fn name(&self) -> &'static str {
        "time"
    }

    fn about(&self) -> &'static str {
        "the time of day"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["", "/t", "TIME"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (language, now) = (call.language(), dates::now(call.host()));
        let words: Vec<&str> = call.args.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] => {
                let time = now.strftime("%H:%M:%S.00").to_string();
                Printed::ok(fill(call.text(&ASKED), &[&time]))
            }
            [switch] if switch.eq_ignore_ascii_case("/t") => {
                let long = dates::of_file(language, now);
                let (_, short) = long.split_once("  ").unwrap_or_default();
                Printed::ok(format!("{short}\n"))
            }
            typed => {
                let Some(time) = read(&typed.join(" ")) else {
                    return Printed::failed(1, format!("{}\n", call.text(&REFUSED)));
                };
                if !call.is_administrator() {
                    return Printed::failed(1, "A required privilege is not held by the client.\n");
                }
                dates::set(call.host(), now.with().time(time).build().unwrap_or(now));
                Printed::default()
            }
        }
    }
}

/// `14:30`, `14:30:15`, `2:30 PM`.
fn read(typed: &str) -> Option<Clock> {
    let lower = typed.trim().to_ascii_lowercase();
    let (digits, half) = match lower.strip_suffix('m').and_then(|it| Some((it, it.chars().last()?)))
    {
        Some((rest, half @ ('a' | 'p'))) => (rest.trim_end_matches(half).trim_end(), Some(half)),
        _ => (lower.as_str(), None),
    };
    let digits = digits.split('.').next().unwrap_or_default();
    let parts = digits.split(':').map(|part| part.parse::<i8>().ok());
    let parts = parts.collect::<Option<Vec<i8>>>()?;
    let (hour, minute, second) = match *parts.as_slice() {
        [hour] => (hour, 0, 0),
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let hour = match (half, hour) {
        (None, hour) => hour,
        (Some('a'), 12) => 0,
        (Some('p'), 1..=11) => hour + 12,
        (Some(_), 1..=12) => hour,
        (Some(_), _) => return None,
    };
    Clock::new(hour, minute, second, 0).ok()
}

const ASKED: Texts = Texts {
    en: "The current time is: {}\nEnter the new time: \n",
    ja: "現在の時刻: {}\n新しい時刻を入力してください: \n",
    ko: "현재 시간: {}\n새로운 시간을 입력하십시오: \n",
    zh: "現在時間是: {}\n輸入新時間: \n",
};

const REFUSED: Texts = Texts {
    en: "The system cannot accept the time entered.",
    ja: "入力された時刻を受け付けることができません。",
    ko: "입력한 시간을 사용할 수 없습니다.",
    zh: "系統無法接受輸入的時間。",
};
