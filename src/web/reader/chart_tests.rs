use super::*;

fn tally(key: &str, count: u64, of: u64) -> Tally<'_> {
    Tally { key, label: key, now: Share { count, of }, before: None }
}

#[test]
fn the_longest_bar_fills_its_room_and_an_empty_one_leads_nowhere() {
    let tallies = [tally("a", 6, 24), tally("b", 12, 24), tally("c", 0, 24)];
    let lines = Line::of(&tallies, |tally| Some(format!("/?x={}", tally.key)));
    let drawn: Vec<_> = lines.iter().map(|line| (line.length.as_str(), line.href.as_deref())).collect();
    assert_eq!(drawn, [("50.0%", Some("/?x=a")), ("100.0%", Some("/?x=b")), ("0.0%", None)]);
    assert_eq!(lines[0].written.share, "25%");
}

#[test]
fn the_parts_of_a_bar_follow_each_other_and_differ_from_their_neighbours() {
    let tallies: Vec<_> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map(|key| tally(key, 1, 10)).into();
    let bar = Parted::of("Row", &tallies, |_| None);
    assert!(bar.parts.windows(2).all(|pair| pair[0].pattern != pair[1].pattern));
    assert!(bar.parts.iter().all(|part| (1..=PATTERNS).contains(&part.pattern)));
    assert_eq!((bar.parts[0].from.as_str(), bar.parts[9].from.as_str()), ("0.0%", "90.0%"));
    assert!(bar.parts_before.is_empty());
}

#[test]
fn columns_stand_on_one_line_and_say_their_class() {
    let class = |numbers, count| Class { numbers, now: Share { count, of: 4 }, before: Some(Share { count: 0, of: 9 }) };
    let columns = Column::of(&[class(0..=0, 3), class(1000..=4999, 1)], false, |_| None);
    assert_eq!(columns[1].label, "1,000–4,999");
    assert_eq!(columns[0].label, "0");
    for column in &columns {
        let (top, height): (f64, f64) = (column.top.parse().unwrap(), column.height.parse().unwrap());
        assert!((top + height - OVER - TALLEST).abs() < f64::EPSILON, "{top} {height}");
    }
    assert_eq!(columns[1].written.before, Some(("0%".to_owned(), "+25".to_owned())));
}

#[test]
fn a_change_is_what_the_shares_beside_it_differ_by() {
    let written = |now: (u64, u64), before: (u64, u64)| {
        let [now, before] = [now, before].map(|(count, of)| Share { count, of });
        let written = Written::of(now, Some(before));
        let (share_before, change) = written.before.unwrap();
        [written.share, share_before, change]
    };
    assert_eq!(written((14, 49), (7, 24)), ["29%", "29%", "±0"], "28.57 and 29.17");
    assert_eq!(written((8, 49), (4, 24)), ["16%", "17%", "\u{2212}1"], "16.33 and 16.67");
}

#[test]
fn some_are_not_called_none_nor_all() {
    let share = |count| Written::of(Share { count, of: 5000 }, None).share;
    assert_eq!([0, 1, 25, 4975, 4999, 5000].map(share), ["0%", "<1%", "1%", ">99%", ">99%", "100%"]);
}

#[test]
fn changes_have_a_sign_unless_there_is_none() {
    assert_eq!([4.0, -3.0, 0.0, -0.0].map(points), ["+4", "\u{2212}3", "±0", "±0"]);
}
