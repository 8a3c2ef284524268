//! What is printed.

/// Prints figures as they come, and what was left out at the end.
pub struct Report {
    left_out: Vec<String>,
}

/// The most that is printed of the name of a figure.
const WIDTH: usize = 58;

impl Report {
    /// Begins, and says in what state the machine is: figures of a busy machine are worth little.
    pub fn begin() -> Self {
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load: Vec<&str> = load.split(' ').take(3).collect();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        println!("\nFigures of Almanac, on {cores} cores; load average before: {}\n", load.join(" "));
        println!("{:WIDTH$} {:>9} {:>9}", "", "aim", "measured");
        Self { left_out: Vec::new() }
    }

    /// A ratio that should be at least its aim.
    pub fn ratio(&mut self, name: &str, aim: f64, measured: f64, numbers: &str) {
        self.figure(name, &format!("≥ {aim:.2}"), &format!("{measured:.2}"), measured >= aim, numbers);
    }

    /// A size or a time that should be below its aim.
    pub fn below(&mut self, name: &str, aim: f64, measured: f64, unit: &str, numbers: &str) {
        self.figure(name, &format!("< {aim:.0} {unit}"), &format!("{measured:.1} {unit}"), measured < aim, numbers);
    }

    /// A time in milliseconds, which should be below its aim if there is one.
    pub fn time(&mut self, name: &str, aim: Option<f64>, measured: f64, numbers: &str) {
        match aim {
            Some(aim) => self.below(name, aim, measured, "ms", numbers),
            None => self.told(name, measured, "ms", numbers),
        }
    }

    /// Something that has no aim.
    pub fn told(&mut self, name: &str, measured: f64, unit: &str, numbers: &str) {
        println!("{name:WIDTH$} {:>9} {:>9}", "", format!("{measured:.1} {unit}"));
        println!("    {numbers}");
    }

    fn figure(&mut self, name: &str, aim: &str, measured: &str, reached: bool, numbers: &str) {
        println!("{name:WIDTH$} {aim:>9} {measured:>9}  {}", if reached { "reached" } else { "MISSED" });
        println!("    {numbers}");
    }

    /// Something that could not be measured, and what to do about it.
    pub fn left_out(&mut self, sentence: impl Into<String>) {
        self.left_out.push(sentence.into());
    }

    /// Says what was left out.
    pub fn end(self) {
        println!();
        for sentence in &self.left_out {
            println!("Left out: {sentence}");
        }
        if self.left_out.is_empty() {
            println!("Nothing was left out.");
        }
    }
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
