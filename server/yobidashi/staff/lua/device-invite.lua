--[[ device-invite: a device may be enrolled, once, for a while. Invitations that have run out are forgotten.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 invitation id   2 JSON {kind, label, by, token, code}, the last two as SHA-256   3 ms it is good for   4 most at once
gives   {'done', {until}}, or {'refused', JSON}: too_many_invitations
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local open, all = 0, redis.call('HGETALL', KEYS[4])
for i = 1, #all, 2 do
  if cjson.decode(all[i + 1])['until'] <= now then
    redis.call('HDEL', KEYS[4], all[i])
  else
    open = open + 1
  end
end
if open >= tonumber(ARGV[4]) then
  return { 'refused', cjson.encode({ code = 'too_many_invitations', detail = { limit = tonumber(ARGV[4]) } }) }
end
local invitation = cjson.decode(ARGV[2])
invitation['until'] = now + tonumber(ARGV[3])
redis.call('HSET', KEYS[4], ARGV[1], cjson.encode(invitation))
return { 'done', cjson.encode({ ['until'] = invitation['until'] }) }
