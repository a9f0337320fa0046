--[[ announce: every screen shows a notice from now on.

ARGV    {ja, en?, minutes?}: without minutes until it is ended
event   announced: the notice
refuses too_many_notices fair_full
]]
--@include fair

local function in_force()
  local count = 0
  for _, json in ipairs(redis.call('HVALS', TABLES.notices)) do
    local ends = cjson.decode(json)['until']
    if not ends or now < ends then count = count + 1 end
  end
  return count
end

return command(function(args)
  if in_force() >= NOTICES_AT_ONCE then refuse('too_many_notices', { limit = NOTICES_AT_ONCE }) end
  local id = (meta.notices or 0) + 1
  if id > NOTICES_MAX then refuse('fair_full', { limit = NOTICES_MAX }) end
  local notice = new('notices', {
    id = id, ja = args.ja, en = args.en, at = now, ['until'] = args.minutes and now + args.minutes * 60000,
  })
  return 'announced', { notices = { notice } }, { counters = { notices = id } }
end)
