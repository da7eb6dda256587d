//! Finds Chromium and ChromeDriver for the browser tests.
