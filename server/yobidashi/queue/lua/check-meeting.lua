--[[ check-meeting: the consultant has opened the booth's meeting link, and it leads there. It holds for this day.

ARGV    {booth, meeting}: the number of the link that was opened
event   meeting_checked: the booth
refuses unknown_booth not_online meeting_missing meeting_changed
]]
--@include fair
--@include meetings

return command(function(args)
  local booth = online_booth(args.booth)
  if not booth.meeting then refuse('meeting_missing', { booth = booth.id }) end
  if booth.meeting ~= args.meeting then refuse('meeting_changed', { booth = booth.id }) end
  booth.checked_at = now
  return 'meeting_checked', { booths = { booth } }
end)
