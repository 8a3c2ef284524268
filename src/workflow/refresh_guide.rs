//! Reading the published catalogue anew: after a publication at once, on other instances within two seconds.

use super::House;
use crate::error::AppError;
use crate::guide::Catalogue;

impl House {
    /// Reads the catalogue and puts it in place.
    ///
    /// # Errors
    /// What the database says; readers keep what they have.
    pub async fn refresh_guide(&self) -> Result<(), AppError> {
        let (editions, before, now) = (self.editions.all(), self.guide.catalogue(), self.now());
        let catalogue = self.db.read(move |connection| Catalogue::load(connection, &editions, &before, now)).await?;
        self.guide.replace(catalogue);
        Ok(())
    }

    /// Reads the catalogue if another instance has changed it.
    ///
    /// # Errors
    /// What the database says; readers keep what they have.
    pub async fn refresh_guide_if_stale(&self) -> Result<(), AppError> {
        let before = self.guide.catalogue();
        let stale = self.db.read(move |connection| before.is_stale(connection).map_err(AppError::from)).await?;
        if stale { self.refresh_guide().await } else { Ok(()) }
    }
}
