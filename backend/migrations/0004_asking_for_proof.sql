-- A try whose secret could not be compared is given back.
alter table proof_attempts drop constraint proof_attempts_outcome_check,
    add constraint proof_attempts_outcome_check check (outcome in ('pending', 'passed', 'failed', 'void'));
