use super::*;

fn tally(key: &str, count: u64, of: u64) -> Tally<'_> {
    Tally { key, label: key, now: Share { count, of }, before: None }
}

#[test]
fn the_longest_bar_fills_its_room_and_an_empty_one_leads_nowhere() {
    let tallies = [tally("a", 6, 24), tally("b", 12, 24), tally("c", 0, 24)];
    let list = |tally: &Tally| Lists { now: Some(format!("/?x={}", tally.key)), before: None };
    let lines = Line::of(&tallies, list);
    let drawn: Vec<_> = lines.iter().map(|line| (line.length.as_str(), line.written.href.as_deref())).collect();
    assert_eq!(drawn, [("50.0%", Some("/?x=a")), ("100.0%", Some("/?x=b")), ("0.0%", None)]);
    assert_eq!(lines[0].written.share, "25%");
}

#[test]
fn the_parts_of_a_bar_follow_each_other_and_differ_from_their_neighbours() {
    let tallies: Vec<_> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map(|key| tally(key, 1, 10)).into();
    let bar = Parted::of("Row", &tallies, |_| Lists::default());
    assert!(bar.parts.windows(2).all(|pair| pair[0].pattern != pair[1].pattern));
    assert!(bar.parts.iter().all(|part| (1..=PATTERNS).contains(&part.pattern)));
    assert_eq!((bar.parts[0].from.as_str(), bar.parts[9].from.as_str()), ("0.0%", "90.0%"));
    assert!(bar.parts_before.is_empty());
}

#[test]
fn columns_stand_on_one_line_and_say_their_class() {
    let class = |numbers, count| Class { numbers, now: Share { count, of: 4 }, before: Some(Share { count: 0, of: 9 }) };
    let columns = Column::of(&[class(0..=0, 3), class(1000..=4999, 1)], false, |_| Lists::default());
    assert_eq!(columns[1].label, "1,000–4,999");
    assert_eq!(columns[0].label, "0");
    for column in &columns {
        let (top, height): (f64, f64) = (column.top.parse().unwrap(), column.height.parse().unwrap());
        assert!((top + height - OVER - TALLEST).abs() < f64::EPSILON, "{top} {height}");
    }
    let before = columns[1].written.before.as_ref().unwrap();
    assert_eq!((before.share.as_str(), before.change.as_str()), ("0%", "+25"));
}
