--[[ copy-in: a fair from a backup, all of it or nothing, in the place of one in which nothing has happened yet.

Under its new epoch no page can mistake anything for what it saw before. Every counter goes on further than it was, so that no
number or id is given again that was given after the backup.

KEYS    1 meta (queue/keys.py)   2 members (staff/keys.py)   3 records (people/keys.py)
ARGV    1 pattern of the fair's keys   2 how far each counter goes on   3 how many records a new fair has
        then for each key: name, type, ms it lives or -1, value in msgpack (see copy-out)
gives   {'done', the new epoch}, or {'refused', JSON}: fair_not_empty
]]
local standing = redis.call('HMGET', KEYS[1], 'epoch', 'parties')
local untouched = (standing[1] or redis.call('EXISTS', KEYS[1]) == 0) and not standing[2]
  and redis.call('HLEN', KEYS[2]) == 0 and redis.call('HLEN', KEYS[3]) <= tonumber(ARGV[3])
if not untouched then return { 'refused', cjson.encode({ code = 'fair_not_empty' }) } end

local cursor = '0'
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do redis.call('DEL', key) end
until cursor == '0'

local writers = {
  string = function(key, value) redis.call('SET', key, value) end,
  hash = function(key, flat)
    for i = 1, #flat, 2 do redis.call('HSET', key, flat[i], flat[i + 1]) end
  end,
  zset = function(key, flat)
    for i = 1, #flat, 2 do redis.call('ZADD', key, flat[i + 1], flat[i]) end
  end,
  stream = function(key, flat)
    for i = 1, #flat, 2 do redis.call('XADD', key, flat[i], unpack(flat[i + 1])) end
  end,
}
for i = 4, #ARGV, 4 do
  local key, kind, lives_ms = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  writers[kind](key, cmsgpack.unpack(ARGV[i + 3]))
  if lives_ms > 0 then redis.call('PEXPIRE', key, ARGV[i + 2]) end
end

local OF_THE_JOURNAL = { epoch = true, offset = true, at = true, schema = true }
local meta = redis.call('HGETALL', KEYS[1])
local time = redis.call('TIME')
local epoch = time[1] * 1000 + math.floor(time[2] / 1000)
if standing[1] then epoch = math.max(epoch, tonumber(standing[1]) + 1) end
for i = 1, #meta, 2 do
  if meta[i] == 'epoch' then epoch = math.max(epoch, tonumber(meta[i + 1]) + 1) end
  if not OF_THE_JOURNAL[meta[i]] then redis.call('HINCRBY', KEYS[1], meta[i], ARGV[2]) end
end
redis.call('HSET', KEYS[1], 'epoch', string.format('%d', epoch))
return { 'done', string.format('%d', epoch) }
