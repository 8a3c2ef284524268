//! What was counted, as it is written beside what is drawn, with the lists that have the counted programs.

use crate::guide::figures::Share;

/// What was counted, as it is written.
pub struct Written {
    /// How many programs.
    pub count: u64,
    /// Which share of those that answered: "46%".
    pub share: String,
    /// Where they are; none where nothing lists them.
    pub href: Option<String>,
    /// The edition before; none where it did not ask.
    pub before: Option<Before>,
}

/// What was counted in the edition before, as it is written.
pub struct Before {
    /// How many programs.
    pub count: u64,
    /// Which share: "41%".
    pub share: String,
    /// What has become of it: "+5".
    pub change: String,
    /// Where they are; none where nothing lists them.
    pub href: Option<String>,
}

/// Where the programs are that gave an answer, in this edition and in the one before; none where nothing lists them.
#[derive(Default)]
pub struct Lists {
    /// In this edition.
    pub now: Option<String>,
    /// In the one before.
    pub before: Option<String>,
}

impl Written {
    pub(super) fn of(now: Share, before: Option<Share>, lists: Lists) -> Self {
        let percent = |share: Share| match share.percent() {
            0.0 if share.count > 0 => "<1%".to_owned(),
            100.0 if share.count < share.of => ">99%".to_owned(),
            percent => format!("{percent}%"),
        };
        let before = before.map(|before| Before {
            count: before.count,
            share: percent(before),
            change: points(now.points_since(before)),
            href: lists.before.filter(|_| before.count > 0),
        });
        Self { count: now.count, share: percent(now), href: lists.now.filter(|_| now.count > 0), before }
    }

    /// Where the programs of the edition before are; none where nothing lists them.
    pub fn href_before(&self) -> Option<&str> {
        self.before.as_ref()?.href.as_deref()
    }
}

/// Percentage points more or less: "+5", "−3".
fn points(change: f64) -> String {
    match change {
        _ if change > 0.0 => format!("+{change}"),
        _ if change < 0.0 => format!("\u{2212}{}", -change),
        _ => "±0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_year_leads_to_its_own_list_where_it_has_programs() {
        let leads = |now, before| {
            let lists = Lists { now: Some("/2017/".to_owned()), before: Some("/2016/".to_owned()) };
            let written = Written::of(Share { count: now, of: 9 }, Some(Share { count: before, of: 9 }), lists);
            (written.href.is_some(), written.href_before().is_some())
        };
        assert_eq!(
            [(1, 1), (0, 1), (1, 0)].map(|(now, before)| leads(now, before)),
            [(true, true), (false, true), (true, false)]
        );
    }

    #[test]
    fn a_change_is_what_the_shares_beside_it_differ_by() {
        let written = |now: (u64, u64), before: (u64, u64)| {
            let [now, before] = [now, before].map(|(count, of)| Share { count, of });
            let written = Written::of(now, Some(before), Lists::default());
            let before = written.before.unwrap();
            [written.share, before.share, before.change]
        };
        assert_eq!(written((14, 49), (7, 24)), ["29%", "29%", "±0"], "28.57 and 29.17");
        assert_eq!(written((8, 49), (4, 24)), ["16%", "17%", "\u{2212}1"], "16.33 and 16.67");
    }

    #[test]
    fn some_are_not_called_none_nor_all() {
        let share = |count| Written::of(Share { count, of: 5000 }, None, Lists::default()).share;
        assert_eq!([0, 1, 25, 4975, 4999, 5000].map(share), ["0%", "<1%", "1%", ">99%", ">99%", "100%"]);
    }

    #[test]
    fn changes_have_a_sign_unless_there_is_none() {
        assert_eq!([4.0, -3.0, 0.0, -0.0].map(points), ["+4", "\u{2212}3", "±0", "±0"]);
    }
}
