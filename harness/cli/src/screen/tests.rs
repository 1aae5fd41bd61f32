use marslab::corpus;
use marslab::event::{Event, PlayInfo};
use marslab::report::prose::ProseStyle;
use marslab::verdict::Verdict;

use super::{Detail, Screen};

/// What is shown of `plays` plays of the corpus, the first of them being 0, when they end in this order.
fn shown(plays: usize, ends: &[usize]) -> Vec<String> {
    let mut out = Vec::new();
    let mut screen = Screen::new(&mut out, ProseStyle::plain(), Detail::Brief);
    for (index, play) in corpus::plays().take(plays).enumerate() {
        screen.handle(Event::PlayStarted { index, play: PlayInfo::of(play) });
    }
    for &index in ends {
        screen.handle(Event::PlayEnded { index, verdict: Verdict::Confirmed });
    }
    screen.handle(Event::RunEnded { unplayed: 0 });
    screen.finish().unwrap();
    let text = String::from_utf8(out).unwrap();
    let names = text.lines().take_while(|line| !line.is_empty());
    names.map(|line| line.split_whitespace().next_back().unwrap().to_owned()).collect()
}

#[test]
fn plays_are_written_in_order_whichever_ends_first() {
    let names: Vec<_> = corpus::plays().take(4).map(|play| play.name.clone()).collect();
    for ends in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]] {
        assert_eq!(shown(4, &ends), names, "{ends:?}");
    }
}

#[test]
fn a_play_that_never_ends_does_not_hold_up_others() {
    let text = shown(3, &[0, 2]).join("\n");
    let third = &corpus::plays().nth(2).unwrap().name;
    assert!(text.contains(third), "{text}");
}
