//! `/{year}/programs/{slug}`: a profile as readers see it, and its printer-friendly page.
