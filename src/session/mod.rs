//! What is open and done: the session owns all, and `Session::apply` is the only way to change it.

pub mod load;
