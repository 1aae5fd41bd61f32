//! `date`: the machine's date, shown and set.

use async_trait::async_trait;
use jiff::civil::{Date as Day, DateTime};
use marslab_model::world::Language;
use marslab_shell::Printed;
use marslab_shell::dates;
use marslab_shell::wording::{Texts, fill};

use crate::program::{Call, Program};

pub(super) struct Date;

#[async_trait]
impl Program for Date {
    fn name(&self) -> &'static str {
        "date"
    }

    fn about(&self) -> &'static str {
        "the date"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["", "/t", "DATE"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (language, now) = (call.language(), dates::now(call.host()));
        let shown = shown(language, now);
        let (switches, words) = call.switches();
        // A date may have slashes of its own.
        if call.args.first().is_some_and(|word| word.eq_ignore_ascii_case("/t")) {
            return Printed::ok(format!("{shown}\n"));
        }
        let (Some(typed), []) = (words.first(), switches.as_slice()) else {
            return Printed::ok(fill(call.text(&ASKED), &[&shown]));
        };
        let Some(date) = read(language, typed) else {
            return Printed::failed(1, format!("{}\n", call.text(&REFUSED)));
        };
        if !call.is_administrator() {
            return Printed::failed(1, "A required privilege is not held by the client.\n");
        }
        dates::set(call.host(), now.with().date(date).build().unwrap_or(now));
        Printed::default()
    }
}

/// `Tue 05/21/2019`, `2019/05/21`, `2019-05-21`, `2019/05/21 週二`, with the blank at the end that Windows prints.
fn shown(language: Language, at: DateTime) -> String {
    let (year, month, day) = (at.year(), at.month(), at.day());
    let weekday = usize::try_from(at.weekday().to_sunday_zero_offset()).unwrap_or_default();
    let of_week = |names: [&'static str; 7]| names.get(weekday).copied().unwrap_or_default();
    match language {
        Language::English => {
            let weekday = of_week(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]);
            format!("{weekday} {month:02}/{day:02}/{year} ")
        }
        Language::Japanese => format!("{year}/{month:02}/{day:02} "),
        Language::Korean => format!("{year}-{month:02}-{day:02} "),
        Language::ChineseTraditional => {
            let weekday = of_week(["週日", "週一", "週二", "週三", "週四", "週五", "週六"]);
            format!("{year}/{month:02}/{day:02} {weekday}")
        }
    }
}

/// A date in the order of the language: month first in English, else year first. Two digits are a year of 1980 to 2079.
fn read(language: Language, typed: &str) -> Option<Day> {
    let parts = typed.split(['-', '/', '.']).map(|part| part.parse::<i16>().ok());
    let parts = parts.collect::<Option<Vec<i16>>>()?;
    let [first, second, third] = *parts.as_slice() else { return None };
    let (year, month, day) = match language {
        Language::English => (third, first, second),
        Language::Japanese | Language::Korean | Language::ChineseTraditional => {
            (first, second, third)
        }
    };
    let year = match year {
        80..=99 => 1900 + year,
        0..=79 => 2000 + year,
        year => year,
    };
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|date| (1980..=2099).contains(&date.year()))
}

const ASKED: Texts = Texts {
    en: "The current date is: {}\nEnter the new date: (mm-dd-yy) \n",
    ja: "現在の日付: {}\n新しい日付を入力してください: (年-月-日) \n",
    ko: "현재 날짜: {}\n새로운 날짜를 입력하십시오(년-월-일). \n",
    zh: "現在日期是: {}\n輸入新日期: (yy-mm-dd) \n",
};

const REFUSED: Texts = Texts {
    en: "The system cannot accept the date entered.",
    ja: "入力された日付を受け付けることができません。",
    ko: "입력한 날짜를 사용할 수 없습니다.",
    zh: "系統無法接受輸入的日期。",
};
