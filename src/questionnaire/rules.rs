//! What keeps one answer from being complete, kind by kind.

use super::answer::{Address, Answer, AnyOf, MonthYear, OTHER, OneOf, Person, Row, Typed};
use super::check::Calendar;
use super::country;
use super::definition::{Choice, Groups, Kind, LatestMonth, LatestYear, Question};
use super::sentence;
use super::value::{self, WebAddressError};

/// Something wrong with an answer, before it is known at which question.
pub(super) struct Wrong {
    pub field: String,
    pub sentence: String,
    pub missing: bool,
}

/// Collects what is wrong with the answer in `field`.
pub(super) struct Inspection<'a> {
    question: &'a Question,
    field: String,
    calendar: Calendar,
    wrong: Vec<Wrong>,
}

/// Everything wrong with this answer, in the order of its parts.
pub(super) fn inspect(question: &Question, answer: Option<&Answer>, field: &str, calendar: Calendar) -> Vec<Wrong> {
    let blank;
    let answer = match answer {
        Some(answer) => answer,
        None => {
            blank = Answer::blank(&question.kind);
            &blank
        }
    };
    let mut inspection = Inspection { question, field: field.to_owned(), calendar, wrong: Vec::new() };
    match answer.is_blank() || !answer.fits(&question.kind) {
        true if question.optional => {}
        true => inspection.missing(),
        false => inspection.answer(answer),
    }
    inspection.wrong
}

impl Inspection<'_> {
    fn refuse(&mut self, part: &str, sentence: impl Into<String>) {
        self.wrong.push(Wrong { field: format!("{}{part}", self.field), sentence: sentence.into(), missing: false });
    }

    fn miss(&mut self, part: &str, sentence: impl Into<String>) {
        self.wrong.push(Wrong { field: format!("{}{part}", self.field), sentence: sentence.into(), missing: true });
    }

    /// Something is wrong with the whole: the link leads to its first control.
    fn refuse_all(&mut self, sentence: impl Into<String>) {
        let field = self.question.first_control(&self.field);
        self.wrong.push(Wrong { field, sentence: sentence.into(), missing: false });
    }

    fn missing(&mut self) {
        let question = self.question;
        let made = || match &question.kind {
            Kind::Person => format!("Enter the name and title of {}", question.as_object()),
            Kind::Month | Kind::OneOf { .. } if question.called.is_some() => format!("Select {}", question.as_object()),
            Kind::Month | Kind::OneOf { .. } => sentence::select(&question.label),
            Kind::AnyOf { .. } | Kind::GridAny { .. } => sentence::select_some(&question.label),
            Kind::GridOne { .. } => sentence::select_in_each_row(&question.label),
            Kind::Groups(groups) => format!("Enter at least {}", sentence::so_many(groups.fewest.max(1), &groups.item)),
            _ if question.called.is_some() => format!("Enter {}", question.as_object()),
            _ => sentence::enter(&question.label),
        };
        let sentence = question.missing.clone().unwrap_or_else(made);
        self.wrong.push(Wrong { field: question.first_control(&self.field), sentence, missing: true });
    }

    fn answer(&mut self, answer: &Answer) {
        let question = self.question;
        match (&question.kind, answer) {
            (Kind::Line { longest, .. } | Kind::Paragraph { longest }, Answer::Text(text)) => {
                self.length("", None, text, *longest)
            }
            (Kind::Email, Answer::Text(text)) => self.email(text),
            (Kind::WebAddress, Answer::Text(text)) => self.web_address(text),
            (Kind::Phone, Answer::Text(text)) => self.phone(text),
            (Kind::WholeNumber { least, most }, Answer::Number(number)) => self.whole_number(number, *least, *most),
            (Kind::Year { earliest, latest }, Answer::Number(number)) => self.year(number, *earliest, *latest),
            (Kind::Month, Answer::Month(month)) => self.month(month),
            (Kind::MonthYear { latest }, Answer::MonthYear(typed)) => self.month_year(typed, *latest),
            (Kind::Address, Answer::Address(address)) => self.address(address),
            (Kind::Person, Answer::Person(person)) => self.person(person),
            (Kind::OneOf { options, other }, Answer::OneOf(one)) => self.one_of(one, options, *other),
            (Kind::AnyOf { options, other }, Answer::AnyOf(any)) => self.any_of("", &question.label, any, options, *other),
            (Kind::GridOne { rows, options }, Answer::GridOne(chosen)) => {
                for row in rows {
                    self.grid_row(row, chosen.get(&row.key).map(String::as_str), options);
                }
                self.unknown_rows(rows, chosen.keys());
            }
            (Kind::GridAny { rows, options, other }, Answer::GridAny(ticked)) => {
                for row in rows {
                    if let Some(any) = ticked.get(&row.key) {
                        self.any_of(&format!(".{}", row.key), &row.label, any, options, *other);
                    }
                }
                self.unknown_rows(rows, ticked.keys());
            }
            (Kind::Groups(groups), Answer::Groups(rows)) => self.groups(groups, rows),
            _ => {}
        }
    }

    /// The length of the answer, or of the part of it with the name given.
    fn length(&mut self, part: &str, name: Option<&str>, text: &str, longest: usize) {
        let length = text.chars().count();
        if length > longest {
            let subject = name.map_or_else(|| self.question.as_subject(), str::to_owned);
            self.refuse(part, sentence::too_long(&subject, longest, length));
        }
    }

    fn email(&mut self, text: &str) {
        if !value::is_email(text) {
            self.refuse("", format!("Enter {} in full, like name@example.com", self.question.as_object()));
        }
    }

    fn web_address(&mut self, text: &str) {
        if text.chars().count() > value::LONGEST_WEB_ADDRESS {
            return self.length("", None, text, value::LONGEST_WEB_ADDRESS);
        }
        match value::web_address(text) {
            Ok(_) => {}
            Err(WebAddressError::NotOne) => {
                self.refuse("", format!("Enter {} in full, like https://www.example.com", self.question.as_object()));
            }
            Err(WebAddressError::Credentials) => {
                self.refuse("", format!("{} must have no user name or password inside", self.question.as_subject()));
            }
        }
    }

    fn phone(&mut self, text: &str) {
        if !value::is_phone(text) {
            self.refuse("", format!("Enter {} with its area code, like 256-428-6000", self.question.as_object()));
        }
    }

    fn whole_number(&mut self, number: &Typed<i64>, least: i64, most: Option<i64>) {
        let most = most.unwrap_or(value::LARGEST_NUMBER);
        let sentence = match number {
            Typed::Text(text) if is_digits(text) => format!("must be {} or less", sentence::number(most)),
            Typed::Text(_) => "must be a whole number, like 120".to_owned(),
            Typed::Value(number) if *number < least => format!("must be {} or more", sentence::number(least)),
            Typed::Value(number) if *number > most => format!("must be {} or less", sentence::number(most)),
            Typed::Value(_) => return,
        };
        self.refuse("", format!("{} {sentence}", self.question.as_subject()));
    }

    fn year(&mut self, number: &Typed<i64>, earliest: i64, latest: LatestYear) {
        let latest = match latest {
            LatestYear::Edition => self.calendar.edition_year,
            LatestYear::Year(year) => year,
        };
        let sentence = match number.value() {
            None => "must be a year, like 1999".to_owned(),
            Some(year) if *year < earliest => format!("must be {earliest} or later"),
            Some(year) if *year > latest => format!("must be {latest} or earlier"),
            _ => return,
        };
        self.refuse("", format!("{} {sentence}", self.question.as_subject()));
    }

    fn month(&mut self, month: &Typed<i64>) {
        if !month.value().is_some_and(|month| (1..=12).contains(month)) {
            self.refuse("", format!("Select {}", self.question.as_object()));
        }
    }

    fn month_year(&mut self, typed: &MonthYear, latest: LatestMonth) {
        let subject = self.question.as_subject();
        match typed.value() {
            Some((year, month)) => {
                let today = self.calendar.today;
                if latest == LatestMonth::Today && (year, month) > (today.year(), today.month()) {
                    self.refuse(".month", format!("{subject} must be this month or earlier"));
                }
                return;
            }
            None if typed.month.is_empty() => self.miss(".month", format!("{subject} must include a month")),
            None if value::month_number(&typed.month).is_none() => {
                self.refuse(".month", format!("{subject} must include a month, like 02 or February"));
            }
            None => {}
        }
        if typed.year.is_empty() {
            self.miss(".year", format!("{subject} must include a year"));
        } else if value::four_digit_year(&typed.year).is_none() {
            self.refuse(".year", format!("{subject} must include a year of four digits, like 2007"));
        }
    }

    fn person(&mut self, person: &Person) {
        let whose = self.question.as_object();
        for (part, text) in [("name", &person.name), ("title", &person.title)] {
            match text.is_empty() {
                true => self.miss(&format!(".{part}"), format!("Enter the {part} of {whose}")),
                false => self.length(&format!(".{part}"), Some(&format!("The {part} of {whose}")), text, LONGEST_PART),
            }
        }
    }

    fn address(&mut self, address: &Address) {
        if address.street.iter().all(String::is_empty) {
            self.miss(".street.1", "Enter the street");
        }
        for (index, line) in address.street.iter().enumerate() {
            let number = index + 1;
            self.length(&format!(".street.{number}"), Some(&format!("Line {number} of the street")), line, LONGEST_PART);
        }
        match address.city.is_empty() {
            true => self.miss(".city", "Enter the city"),
            false => self.length(".city", Some("The city"), &address.city, LONGEST_PART),
        }
        match country::country(&address.country) {
            None if address.country.is_empty() => self.miss(".country", "Select the country"),
            None => self.refuse(".country", "Select the country"),
            Some(country) => {
                self.region(&address.state, country);
                self.postal_code(&address.postal_code, country);
            }
        }
    }

    fn region(&mut self, state: &str, country: &country::Country) {
        let home = country.code == country::HOME;
        let name = if home { "state" } else { "province" };
        match country.regions.first() {
            None => self.length(".state", Some("The state or province"), state, LONGEST_PART),
            Some(_) if state.is_empty() => self.miss(".state", format!("Enter the {name}")),
            Some(first) if country.region(state).is_none() => {
                let article = if home { "the " } else { "" };
                self.refuse(".state", format!("Enter a {name} of {article}{}, like {}", country.name, first.code));
            }
            Some(_) => {}
        }
    }

    fn postal_code(&mut self, code: &str, country: &country::Country) {
        match country.code.as_str() {
            "US" if code.is_empty() => self.miss(".postal_code", "Enter the ZIP code"),
            "US" if !is_zip(code) => self.refuse(".postal_code", "The ZIP code must have 5 or 9 digits, like 35806"),
            "CA" if code.is_empty() => self.miss(".postal_code", "Enter the postal code"),
            "CA" if !is_canadian_code(code) => {
                self.refuse(".postal_code", "The postal code must be three letters and three digits, like K1A 0B1");
            }
            _ => self.length(".postal_code", Some("The postal code"), code, LONGEST_PART),
        }
    }

    fn one_of(&mut self, one: &OneOf, options: &[Choice], has_other: bool) {
        match one.option.as_deref() {
            None if has_other => self.refuse(".other", "Select “Other”, or clear what is typed under it"),
            None => self.missing(),
            Some(OTHER) if has_other && one.other.is_empty() => self.miss(".other", "Enter what “Other” is"),
            Some(OTHER) if has_other => self.length(".other", Some("What is typed under “Other”"), &one.other, LONGEST_OTHER),
            Some(option) if !options.iter().any(|known| known.key == option) => {
                self.refuse_all(no_option(option, &self.question.label));
            }
            Some(_) => {}
        }
    }

    fn any_of(&mut self, part: &str, label: &str, any: &AnyOf, options: &[Choice], has_other: bool) {
        let first = options.first().map(|option| format!("{part}.{}", option.key)).unwrap_or_default();
        for ticked in &any.options {
            match options.iter().find(|option| &option.key == ticked) {
                None => self.refuse(&first, no_option(ticked, label)),
                Some(option) if option.alone && (any.options.len() > 1 || !any.other.is_empty()) => {
                    let field = format!("{part}.{}", option.key);
                    self.refuse(&field, format!("“{}” must stand alone; clear it or the other options", option.label));
                }
                Some(_) => {}
            }
        }
        match has_other || any.other.is_empty() {
            true => self.length(&format!("{part}.other"), Some("What is typed under “Other”"), &any.other, LONGEST_OTHER),
            false => self.refuse(&first, no_option(&any.other, label)),
        }
    }

    fn grid_row(&mut self, row: &Choice, chosen: Option<&str>, options: &[Choice]) {
        let first = options.first().map(|option| option.key.as_str()).unwrap_or_default();
        let field = format!(".{}.{first}", row.key);
        match chosen {
            None => self.miss(&field, sentence::select_in_row(&row.label)),
            Some(chosen) if !options.iter().any(|option| option.key == chosen) => {
                self.refuse(&field, no_option(chosen, &row.label));
            }
            Some(_) => {}
        }
    }

    fn unknown_rows<'k>(&mut self, rows: &[Choice], given: impl Iterator<Item = &'k String>) {
        for row in given.filter(|given| !rows.iter().any(|row| &&row.key == given)) {
            self.refuse_all(format!("“{row}” is no row of “{}”", self.question.label));
        }
    }

    fn groups(&mut self, groups: &Groups, rows: &[Row]) {
        if rows.len() < groups.fewest {
            self.miss("", format!("Enter at least {}", sentence::so_many(groups.fewest, &groups.item)));
        }
        if rows.len() > groups.most {
            let most = sentence::so_many(groups.most, &groups.item);
            self.refuse("", format!("There must be {most} or fewer; remove {}", rows.len() - groups.most));
        }
        for (index, row) in rows.iter().enumerate() {
            let name = |field: &Question| format!("{}.{}.{}", self.field, index + 1, field.key);
            let title = groups.title(index);
            if row.values().all(Answer::is_blank) {
                let field = groups.fields.first().map(|field| field.first_control(&name(field))).unwrap_or_default();
                let sentence = match rows.len() > groups.fewest {
                    true => format!("Enter {title}, or remove it"),
                    false => format!("Enter {title}"),
                };
                self.wrong.push(Wrong { field, sentence, missing: true });
                continue;
            }
            let inspected =
                groups.fields.iter().flat_map(|field| inspect(field, row.get(&field.key), &name(field), self.calendar));
            let found: Vec<Wrong> =
                inspected.map(|wrong| Wrong { sentence: format!("{title}: {}", wrong.sentence), ..wrong }).collect();
            self.wrong.extend(found);
        }
    }
}

/// The most characters of a name, a title or a line of an address.
const LONGEST_PART: usize = 120;
/// The most characters of what is typed under "other".
const LONGEST_OTHER: usize = 300;
/// The most characters of something unknown that a refusal repeats.
const LONGEST_QUOTE: usize = 60;

fn no_option(given: &str, label: &str) -> String {
    let quoted: String = given.chars().take(LONGEST_QUOTE).collect();
    let rest = if given.chars().count() > LONGEST_QUOTE { "…" } else { "" };
    format!("“{quoted}{rest}” is no option of “{label}”")
}

/// A number of more digits than can be counted with.
fn is_digits(text: &str) -> bool {
    text.chars().any(|character| character.is_ascii_digit())
        && text.chars().all(|character| character.is_ascii_digit() || character == ',' || character.is_whitespace())
}

/// Five digits, or nine with or without a hyphen or a space between the fifth and the sixth.
fn is_zip(code: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match code.split_once(['-', ' ']) {
        Some((five, four)) => digits(five, 5) && digits(four, 4),
        None => digits(code, 5) || digits(code, 9),
    }
}

/// Like "K1A 0B1", with or without a space or a hyphen in the middle.
fn is_canadian_code(code: &str) -> bool {
    let mut code: Vec<char> = code.chars().collect();
    if code.len() == 7 && matches!(code[3], '-' | ' ') {
        code.remove(3);
    }
    let right = |index: usize, character: &char| match index % 2 {
        0 => character.is_ascii_alphabetic(),
        _ => character.is_ascii_digit(),
    };
    code.len() == 6 && code.iter().enumerate().all(|(index, character)| right(index, character))
}
