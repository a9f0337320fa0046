--[[ helper-came: the helper is at the booth, or is needed there no more.

ARGV    {booth}
event   helper_came: the booth
refuses unknown_booth helper_unchanged
]]
--@include fair

return command(function(args)
  local booth = row('booths', args.booth)
  if not booth.helper_at then refuse('helper_unchanged', { booth = booth.id }) end
  booth.helper_at = nil
  return 'helper_came', { booths = { booth } }
end)
