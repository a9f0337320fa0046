--[[ members-badge: members get new badges, all or none. The old badge, the PIN and every sign-in are void from now on.

KEYS    the fair's keys (staff/keys.py)
ARGV    for each: member id, SHA-256 of the badge's secret
gives   {'done', true}, or {'refused', JSON}: unknown_member
]]
for i = 1, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 0 then
    return { 'refused', cjson.encode({ code = 'unknown_member', detail = { id = ARGV[i] } }) }
  end
end
for i = 1, #ARGV, 2 do
  local member = cjson.decode(redis.call('HGET', KEYS[1], ARGV[i]))
  member.badge, member.pin, member.revoked = ARGV[i + 1], nil, false
  member.generation, member.failures, member.locked_until = member.generation + 1, 0, 0
  redis.call('HSET', KEYS[1], ARGV[i], cjson.encode(member))
end
return { 'done', 'true' }
