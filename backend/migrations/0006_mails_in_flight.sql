-- Until when somebody is sending a mail, as far as that one has said: no connection is held while another server takes it.
alter table outgoing_mails add column sending_until timestamptz;
