-- When a password was last set by a link that its owner asked for: for a day it proves no more than that the mail was read.
alter table accounts add column password_reset_at timestamptz;
