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
    match answer.is_blank() {
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

    fn label(&self) -> &str {
        &self.question.label
    }

    fn missing(&mut self) {
        let label = self.label().to_owned();
        let first = |options: &[Choice]| options.first().map(|option| format!(".{}", option.key)).unwrap_or_default();
        match &self.question.kind {
            Kind::MonthYear { .. } => self.miss(".month", sentence::enter(&label)),
            Kind::Person => self.miss(".name", sentence::enter(&label)),
            Kind::Address => self.miss(".street.1", sentence::enter(&label)),
            Kind::Month => self.miss("", sentence::select(&label)),
            Kind::OneOf { options, .. } => self.miss(&first(options), sentence::select(&label)),
            Kind::AnyOf { options, .. } => self.miss(&first(options), sentence::select_some(&label)),
            Kind::GridOne { rows, options } | Kind::GridAny { rows, options, .. } => {
                self.miss(&format!("{}{}", first(rows), first(options)), sentence::select_some(&label));
            }
            Kind::Groups(groups) => {
                let field = groups.fields.first().map(|field| format!(".1.{}", field.key)).unwrap_or_default();
                self.miss(&field, format!("Enter at least one {}", groups.item));
            }
            _ => self.miss("", sentence::enter(&label)),
        }
    }

    fn answer(&mut self, answer: &Answer) {
        let question = self.question;
        match (&question.kind, answer) {
            (Kind::Line { longest, .. } | Kind::Paragraph { longest }, Answer::Text(text)) => self.length(text, *longest),
            (Kind::Email, Answer::Text(text)) => self.email(text),
            (Kind::WebAddress, Answer::Text(text)) => self.web_address(text),
            (Kind::Phone, Answer::Text(text)) => self.phone(text),
            (Kind::WholeNumber { least, most }, Answer::Number(number)) => self.whole_number(number, *least, *most),
            (Kind::Year { earliest, latest }, Answer::Number(number)) => self.year(number, *earliest, *latest),
            (Kind::Month, Answer::Month(month)) => self.month(month),
            (Kind::MonthYear { latest }, Answer::MonthYear(typed)) => self.month_year(typed, *latest),
            (Kind::Address, Answer::Address(address)) => self.address(address),
            (Kind::Person, Answer::Person(person)) => self.person(person),
            (Kind::OneOf { options, .. }, Answer::OneOf(one)) => self.one_of(one, options),
            (Kind::AnyOf { options, .. }, Answer::AnyOf(any)) => self.any_of("", question.label.as_str(), any, options),
            (Kind::GridOne { rows, options }, Answer::GridOne(chosen)) => {
                for row in rows {
                    self.grid_row(row, chosen.get(&row.key).map(String::as_str), options);
                }
                self.unknown_rows(rows, chosen.keys());
            }
            (Kind::GridAny { rows, options, .. }, Answer::GridAny(ticked)) => {
                for row in rows {
                    if let Some(any) = ticked.get(&row.key) {
                        self.any_of(&format!(".{}", row.key), &row.label, any, options);
                    }
                }
                self.unknown_rows(rows, ticked.keys());
            }
            (Kind::Groups(groups), Answer::Groups(rows)) => self.groups(groups, rows),
            _ => self.refuse("", format!("{} must be answered anew", question.label)),
        }
    }

    fn length(&mut self, text: &str, longest: usize) {
        let length = text.chars().count();
        if length > longest {
            self.refuse("", sentence::too_long(self.label(), longest, length));
        }
    }

    fn email(&mut self, text: &str) {
        if !value::is_email(text) {
            self.refuse("", format!("Enter the {} in full, like name@example.com", self.label()));
        }
    }

    fn web_address(&mut self, text: &str) {
        match value::web_address(text) {
            Ok(_) => {}
            Err(WebAddressError::NotOne) => {
                self.refuse("", format!("Enter the {} in full, like https://www.example.com", self.label()));
            }
            Err(WebAddressError::Credentials) => {
                self.refuse("", format!("{} must have no user name or password inside", self.label()));
            }
        }
    }

    fn phone(&mut self, text: &str) {
        if !value::is_phone(text) {
            self.refuse("", format!("Enter the {} with its area code, like 256-428-6000", self.label()));
        }
    }

    fn whole_number(&mut self, number: &Typed<i64>, least: i64, most: Option<i64>) {
        let label = self.label();
        let sentence = match (number.value(), most) {
            (None, _) => format!("{label} must be a whole number, like 120"),
            (Some(number), _) if *number < least => format!("{label} must be {} or more", sentence::number(least)),
            (Some(number), Some(most)) if *number > most => format!("{label} must be {} or less", sentence::number(most)),
            _ => return,
        };
        self.refuse("", sentence);
    }

    fn year(&mut self, number: &Typed<i64>, earliest: i64, latest: LatestYear) {
        let label = self.label();
        let latest = match latest {
            LatestYear::Edition => self.calendar.edition_year,
            LatestYear::Year(year) => year,
        };
        let sentence = match number.value() {
            None => format!("{label} must be a year, like 1999"),
            Some(year) if *year < earliest => format!("{label} must be {earliest} or later"),
            Some(year) if *year > latest => format!("{label} must be {latest} or earlier"),
            _ => return,
        };
        self.refuse("", sentence);
    }

    fn month(&mut self, month: &Typed<i64>) {
        if !month.value().is_some_and(|month| (1..=12).contains(month)) {
            self.refuse("", sentence::select(self.label()));
        }
    }

    fn month_year(&mut self, typed: &MonthYear, latest: LatestMonth) {
        let label = self.label().to_owned();
        match typed.value() {
            Some((year, month)) => {
                let today = self.calendar.today;
                if latest == LatestMonth::Today && (year, month) > (today.year(), today.month()) {
                    self.refuse(".month", format!("{label} must be this month or earlier"));
                }
            }
            None if typed.month.is_empty() => self.miss(".month", sentence::enter_part("month", &label)),
            None if typed.year.is_empty() => self.miss(".year", sentence::enter_part("year", &label)),
            None if value::month_number(&typed.month).is_none() => {
                self.refuse(".month", format!("{label} must have a month, like 02 or February"));
            }
            None => self.refuse(".year", format!("{label} must have a year of four digits, like 2007")),
        }
    }

    fn person(&mut self, person: &Person) {
        let label = self.label().to_owned();
        for (part, text) in [("name", &person.name), ("title", &person.title)] {
            match text.chars().count() {
                0 => self.miss(&format!(".{part}"), sentence::enter_part(part, &label)),
                length if length > LONGEST_PART => {
                    self.refuse(
                        &format!(".{part}"),
                        sentence::too_long(&format!("The {part} of the {label}"), LONGEST_PART, length),
                    );
                }
                _ => {}
            }
        }
    }

    fn address(&mut self, address: &Address) {
        let lines = address.street.iter().filter(|line| !line.is_empty()).count();
        if lines == 0 {
            self.miss(".street.1", "Enter the street");
        }
        if lines > STREET_LINES {
            self.refuse(".street.1", "The street must have three lines or fewer");
        }
        if address.city.is_empty() {
            self.miss(".city", "Enter the city");
        }
        let parts = address.street.iter().chain([&address.city, &address.state, &address.postal_code]);
        if let Some(length) = parts.map(|part| part.chars().count()).find(|length| *length > LONGEST_PART) {
            self.refuse(".street.1", sentence::too_long("A line of the address", LONGEST_PART, length));
        }
        match country::country(&address.country) {
            None => self.refuse(".country", "Select the country"),
            Some(country) => self.region_and_code(address, country),
        }
    }

    fn region_and_code(&mut self, address: &Address, country: &country::Country) {
        if !country.regions.is_empty() {
            let name = if country.code == country::HOME { "state" } else { "province" };
            match address.state.is_empty() {
                true => self.miss(".state", format!("Enter the {name}")),
                false if country.region(&address.state).is_none() => {
                    self.refuse(".state", format!("Enter a {name} of {}, like {}", country.name, country.regions[0].code));
                }
                false => {}
            }
        }
        let code = &address.postal_code;
        match country.code.as_str() {
            "US" if code.is_empty() => self.miss(".postal_code", "Enter the ZIP code"),
            "US" if !is_zip(code) => self.refuse(".postal_code", "The ZIP code must have 5 or 9 digits, like 35806"),
            "CA" if code.is_empty() => self.miss(".postal_code", "Enter the postal code"),
            "CA" if !is_canadian_code(code) => self.refuse(".postal_code", "The postal code must look like K1A 0B1"),
            _ => {}
        }
    }

    fn one_of(&mut self, one: &OneOf, options: &[Choice]) {
        let label = self.label().to_owned();
        match one.option.as_deref() {
            None => self.missing(),
            Some(OTHER) if one.other.is_empty() => self.miss(".other", "Enter what “Other” is"),
            Some(option) if option != OTHER && !options.iter().any(|known| known.key == option) => {
                self.refuse("", format!("“{option}” is no option of {label}"));
            }
            Some(_) => self.other_length("", &one.other),
        }
    }

    fn any_of(&mut self, part: &str, label: &str, any: &AnyOf, options: &[Choice]) {
        for ticked in &any.options {
            match options.iter().find(|option| &option.key == ticked) {
                None => self.refuse(part, format!("“{ticked}” is no option of {label}")),
                Some(option) if option.alone && (any.options.len() > 1 || !any.other.is_empty()) => {
                    let field = format!("{part}.{}", option.key);
                    self.refuse(&field, format!("“{}” must stand alone; clear it or the other options", option.label));
                }
                Some(_) => {}
            }
        }
        self.other_length(part, &any.other);
    }

    fn other_length(&mut self, part: &str, other: &str) {
        let length = other.chars().count();
        if length > LONGEST_OTHER {
            self.refuse(&format!("{part}.other"), sentence::too_long("“Other”", LONGEST_OTHER, length));
        }
    }

    fn grid_row(&mut self, row: &Choice, chosen: Option<&str>, options: &[Choice]) {
        let first = options.first().map(|option| option.key.as_str()).unwrap_or_default();
        match chosen {
            None => self.miss(&format!(".{}.{first}", row.key), sentence::select(&row.label)),
            Some(chosen) if !options.iter().any(|option| option.key == chosen) => {
                self.refuse(&format!(".{}.{first}", row.key), format!("“{chosen}” is no option of {}", row.label));
            }
            Some(_) => {}
        }
    }

    fn unknown_rows<'k>(&mut self, rows: &[Choice], given: impl Iterator<Item = &'k String>) {
        for row in given.filter(|given| !rows.iter().any(|row| &&row.key == given)) {
            self.refuse("", format!("“{row}” is no row of {}", self.label()));
        }
    }

    fn groups(&mut self, groups: &Groups, rows: &[Row]) {
        if rows.len() < groups.fewest {
            self.miss("", format!("Enter at least {} {}s", groups.fewest, groups.item));
        }
        if rows.len() > groups.most {
            self.refuse(
                "",
                format!("There must be {} {}s or fewer; remove {}", groups.most, groups.item, rows.len() - groups.most),
            );
        }
        for (index, row) in rows.iter().enumerate() {
            for field in &groups.fields {
                let name = format!("{}.{}.{}", self.field, index + 1, field.key);
                for wrong in inspect(field, row.get(&field.key), &name, self.calendar) {
                    let sentence = format!("{}: {}", groups.title(index), wrong.sentence);
                    self.wrong.push(Wrong { sentence, ..wrong });
                }
            }
        }
    }
}

/// The most characters of a name, a title or a line of an address.
const LONGEST_PART: usize = 120;
/// The most characters of what is typed under "other".
const LONGEST_OTHER: usize = 300;
/// The most lines of a street.
const STREET_LINES: usize = 3;

fn is_zip(code: &str) -> bool {
    let digits: String = code.chars().filter(|character| !matches!(character, '-' | ' ')).collect();
    matches!(digits.len(), 5 | 9) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_canadian_code(code: &str) -> bool {
    let code: Vec<char> = code.chars().filter(|character| !matches!(character, '-' | ' ')).collect();
    let right = |index: usize, character: &char| match index % 2 {
        0 => character.is_ascii_alphabetic(),
        _ => character.is_ascii_digit(),
    };
    code.len() == 6 && code.iter().enumerate().all(|(index, character)| right(index, character))
}
