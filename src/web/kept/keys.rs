//! Which forms a browser keeps: their tokens, in one cookie.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;

use crate::web::identity::{KEPT_FORMS, kept_forms_cookie, no_cookie};
use crate::workflow::House;

/// More than anybody has windows open to fill in.
const MOST: usize = 12;

/// The tokens of the forms that a browser keeps, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<String>);

impl Keys {
    /// Those of the browser that sends this request.
    pub fn of(request: &HttpRequest) -> Self {
        let cookie = request.cookie(KEPT_FORMS);
        let keys = cookie.iter().flat_map(|cookie| cookie.value().split('.')).filter(|key| !key.is_empty());
        Self(keys.take(MOST).map(str::to_owned).collect())
    }

    /// All of them.
    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// The same with this one before all others.
    #[must_use]
    pub fn with(self, key: String) -> Self {
        let others = self.without(&key).0;
        Self(std::iter::once(key).chain(others).take(MOST).collect())
    }

    /// The same without this one.
    #[must_use]
    pub fn without(self, key: &str) -> Self {
        Self(self.0.into_iter().filter(|known| known != key).collect())
    }

    /// The cookie that has them from now on.
    pub fn cookie(&self, house: &House) -> Cookie<'static> {
        match self.0.as_slice() {
            [] => no_cookie(house, KEPT_FORMS),
            keys => kept_forms_cookie(house, keys.join(".")),
        }
    }
}

impl FromIterator<String> for Keys {
    fn from_iter<T: IntoIterator<Item = String>>(keys: T) -> Self {
        Self(keys.into_iter().collect())
    }
}
