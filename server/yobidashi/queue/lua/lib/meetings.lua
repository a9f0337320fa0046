--[[ Online booths: which are, and whether their meeting link was checked today. Needs `fair`. The link itself is not here. ]]

local DAY_MS = 86400000

local function is_online(booth)
  return rules.booths[tostring(booth.id)].online == true
end

-- An online booth by its number, or a refusal.
local function online_booth(id)
  local booth = row('booths', id)
  if not is_online(booth) then refuse('not_online', { booth = booth.id }) end
  return booth
end

-- The day of a moment, by the calendar of the place where the fair is.
local function day_of(at)
  return math.floor((at + rules.utc_offset_ms) / DAY_MS)
end

-- Whether visitors may be called to the booth: on site always, online once its link was checked on this day.
local function can_be_met(booth)
  return not is_online(booth) or (booth.checked_at ~= nil and day_of(booth.checked_at) == day_of(now))
end

local function refuse_unchecked(booth)
  if not can_be_met(booth) then refuse('meeting_unchecked', { booth = booth.id }) end
end
