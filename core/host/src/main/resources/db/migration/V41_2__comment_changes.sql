-- Who looks at a run is told that somebody commented on it.
create trigger tell_comment after insert on run_comment for each row execute function tell_decision();
