#include "app/demo/country.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/demo/dice.h"

namespace scrutineer::demo {
namespace {

// Words, not places. Everything below a province stands under a name that starts with 모의 (simulated).
constexpr std::string_view kProvinces[] = {"가온", "나래", "다솜", "라온", "마루", "보람", "새솔", "아라", "여울",
                                           "온새", "은솔", "이든", "찬솔", "큰솔", "타래", "푸른", "하늘"};
constexpr std::string_view kDistricts[] = {"솔내", "가람", "너울",   "다올",   "달빛", "들꽃", "미리내",
                                           "바람", "별하", "빛고을", "산마루", "샘터", "시내", "아침",
                                           "윤슬", "잎새", "차오름", "큰들",   "한빛", "해솔"};
constexpr std::string_view kTowns[] = {"감나무", "갈대", "구름", "꽃마을", "나루", "누리", "느티", "단비",
                                       "도담",   "들말", "물결", "밤골",   "버들", "새말", "서리", "솔밭",
                                       "안골",   "양지", "옹달", "은행",   "자두", "큰말", "하늬", "흰돌"};

// Real proportions: 253 districts and 3,554 towns to 18,608 units.
constexpr std::size_t kUnitsOfReal = 18'608, kDistrictsOfReal = 253, kTownsOfReal = 3'554;
constexpr std::size_t kSpecialUnits = 3;  // of each district

std::string numbered(std::string_view word, std::size_t round, std::string_view suffix) {
  return round == 0 ? fmt::format("{}{}", word, suffix) : fmt::format("{}{}{}", word, round + 1, suffix);
}

std::string province_name(std::size_t province) {
  std::string_view suffix = province == 0 ? "특별시" : province <= 7 ? "광역시" : "도";
  return fmt::format("모의 {}{}", kProvinces[province], suffix);
}

std::string district_name(std::size_t province, std::size_t number) {
  std::string_view suffix = province <= 7 ? "구" : number % 3 == 0 ? "시" : "군";
  return numbered(kDistricts[number % std::size(kDistricts)], number / std::size(kDistricts), suffix);
}

std::string town_name(std::size_t province, std::size_t number) {
  std::string_view suffix = province <= 7 ? "동" : number % 4 == 0 ? "읍" : "면";
  return numbered(kTowns[number % std::size(kTowns)], number / std::size(kTowns), suffix);
}

void add_districts(Country& country, std::size_t districts) {
  std::size_t provinces = std::min(std::size(kProvinces), (districts + 2) / 3);
  for (std::size_t province = 0; province < provinces; ++province) {
    country.provinces.push_back(province_name(province));
    std::size_t first = province * districts / provinces, end = (province + 1) * districts / provinces;
    for (std::size_t district = first; district < end; ++district) {
      std::string name = district_name(province, district - first);
      country.districts.push_back(
          {static_cast<std::uint32_t>(province), name, fmt::format("/{}/{}", country.provinces.back(), name)});
    }
  }
}

void add_special_units(Country& country, std::uint32_t district) {
  country.units.push_back({district, Kind::home_ship, "", "거소·선상투표"});
  country.units.push_back({district, Kind::early_out, "", "관외사전투표"});
  country.units.push_back({district, Kind::overseas, "", "재외투표"});
}

void add_town(Country& country, std::uint32_t district, const std::string& town, std::int64_t polling_units) {
  country.units.push_back({district, Kind::early_in, town, fmt::format("{} 관내사전투표", town)});
  for (std::int64_t i = 1; i <= polling_units; ++i)
    country.units.push_back({district, Kind::polling_day, town, fmt::format("{} 제{}투표구", town, i)});
}

}  // namespace

Country make_country(std::size_t units, std::string_view seed) {
  Country country;
  add_districts(country, std::max<std::size_t>(1, (units * kDistrictsOfReal + kUnitsOfReal / 2) / kUnitsOfReal));
  std::size_t ordinary = units - kSpecialUnits * country.districts.size();
  // A town has an early-voting group and at least one polling station.
  std::size_t towns = std::clamp(ordinary * kTownsOfReal / (kUnitsOfReal - kSpecialUnits * kDistrictsOfReal),
                                 country.districts.size(), ordinary / 2);
  Dice dice(seed, "towns");
  auto towns_of = spread(static_cast<std::int64_t>(towns), country.districts.size(), 1, dice);
  auto polling_units_of = spread(static_cast<std::int64_t>(ordinary - towns), towns, 1, dice);
  country.units.reserve(units);
  std::size_t next_town = 0;
  for (std::uint32_t district = 0; district < country.districts.size(); ++district) {
    add_special_units(country, district);
    for (std::int64_t town = 0; town < towns_of[district]; ++town)
      add_town(country, district, town_name(country.districts[district].province, static_cast<std::size_t>(town)),
               polling_units_of[next_town++]);
  }
  return country;
}

UnitId unit_id(std::uint32_t unit) {
  return UnitId(fmt::format("u{:05}", unit + 1));
}

std::vector<UnitRow> unit_rows(const Country& country) {
  std::vector<UnitRow> rows;
  rows.reserve(country.units.size());
  for (std::uint32_t unit = 0; unit < country.units.size(); ++unit) {
    const DemoUnit& own = country.units[unit];
    const District& district = country.districts[own.district];
    rows.push_back({unit_id(unit),
                    {country.provinces[district.province], district.name, own.town},
                    own.name,
                    std::string(kKindNames[static_cast<std::size_t>(own.kind)])});
  }
  return rows;
}

}  // namespace scrutineer::demo
