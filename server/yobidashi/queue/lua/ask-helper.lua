--[[ ask-helper: a booth asks for the helper at the venue: the connection does not hold, or a visitor needs a hand.

ARGV    {booth}
event   helper_asked: the booth
refuses unknown_booth helper_unchanged
]]
--@include fair

return command(function(args)
  local booth = row('booths', args.booth)
  if booth.helper_at then refuse('helper_unchanged', { booth = booth.id }) end
  booth.helper_at = now
  return 'helper_asked', { booths = { booth } }
end)
