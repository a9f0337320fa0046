--[[ note-meeting: an online booth has a new meeting link. Not a command of a page; the link itself stands elsewhere, sealed.

ARGV    {booth}
event   meeting_set: the booth; the new link is not checked yet
refuses unknown_booth not_online
It cannot be taken back: the link that stood before is gone.
]]
--@include fair
--@include meetings

return command(function(args)
  local booth = online_booth(args.booth)
  booth.meeting, booth.checked_at = meta.offset + 1, nil
  return 'meeting_set', { booths = { booth } }, { undoable = false }
end)
