#include "core/handover/words.h"

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

// Things that one can picture. Neither list may ever change: the words of a file are compared by people who have
// different versions of this program. words_test.cc says what makes them easy to tell apart.
// clang-format off
constexpr std::array<std::string_view, 256> kKorean = {
    "가로등", "가마솥", "가방", "가오리", "갈매기", "갈비탕", "개구리", "거북이", "건포도", "경운기", "고구마",
    "고등어", "고사리", "고양이", "골짜기", "공책", "관악기", "교실", "국수", "굴뚝", "그네", "그릇", "그림자",
    "금붕어", "기와집", "기타줄", "김밥", "깃털", "까마귀", "깍두기", "깡통", "꽃게", "꽃밭", "나비", "나침반",
    "나팔꽃", "낙엽", "낚싯대", "난로", "날개", "남극", "냉장고", "넥타이", "노을", "녹차", "농구공", "눈사람",
    "눈송이", "늑대", "다람쥐", "다리미", "단풍", "달걀", "달력", "달팽이", "담요", "대나무", "도서관", "도토리",
    "돋보기", "돌고래", "돗자리", "동굴", "동백꽃", "된장국", "두꺼비", "라디오", "라면", "라일락", "로봇", "마늘",
    "마스크", "망원경", "매화", "머리띠", "멜로디", "면도기", "멸치", "모과차", "모래", "목걸이", "목욕탕", "무지개",
    "문어", "물감", "물방울", "미나리", "미역국", "미용실", "민들레", "바가지", "바둑판", "바위", "박물관", "반딧불",
    "발자국", "방앗간", "방울새", "백합", "뱃고동", "벚꽃", "베개", "병아리", "보리밥", "보석", "복숭아", "볼펜",
    "부엉이", "북극성", "분수대", "비둘기", "비빔밥", "비행기", "뻐꾸기", "사과", "사다리", "사막", "사슴", "사이다",
    "산딸기", "삼각형", "삽살개", "상추", "색연필", "색종이", "생강", "생일", "서랍", "석류", "선인장", "설탕",
    "세탁기", "소나기", "소방차", "손전등", "솜사탕", "송편", "수건", "수선화", "수영장", "숟가락", "스웨터",
    "시금치", "시냇물", "식혜", "신발장", "신호등", "실로폰", "썰매", "안경", "안테나", "알림장", "앵무새", "약수터",
    "양말", "얼룩말", "얼음", "연못", "연필", "열쇠", "오두막", "오렌지", "옥수수", "온도계", "온돌방", "올빼미",
    "옹달샘", "완두콩", "외투", "요리사", "우유", "우체국", "우편함", "운동화", "원숭이", "유리창", "유모차",
    "유채꽃", "은하수", "은행잎", "인삼", "자명종", "자물쇠", "자전거", "작약", "잔디밭", "잠자리", "장갑", "장독대",
    "재봉틀", "저녁놀", "전화기", "접시", "정류장", "조약돌", "족두리", "종이컵", "주전자", "주황색", "줄넘기",
    "지구본", "지팡이", "참새", "찹쌀떡", "책상", "천둥", "철쭉", "청설모", "체온계", "초가집", "초록색", "초콜릿",
    "촛불", "칠면조", "카메라", "코뿔소", "콧수염", "콩나물", "크레용", "탁구공", "태권도", "태양", "탬버린", "터널",
    "텐트", "토마토", "튤립", "트럭", "파랑새", "팝콘", "팥빙수", "평야", "폭포", "표범", "풀밭", "풀잎", "풍차",
    "피망", "피아노", "필통", "학교", "해녀", "해파리", "햄스터", "향나무", "헬멧", "현미경", "호랑이", "호박",
    "화로", "화분", "화살표", "활주로", "휘파람", "휠체어", "휴지통",
};

constexpr std::array<std::string_view, 256> kEnglish = {
    "abacus", "acrobat", "adapter", "aerial", "almanac", "alphabet", "aluminum", "amber", "anchor", "antelope",
    "apple", "apricot", "aquarium", "archway", "artichoke", "atlas", "autumn", "avenue", "avocado", "backpack",
    "bakery", "balcony", "bandage", "banjo", "bathtub", "bedroom", "beehive", "bicycle", "biscuit", "blossom",
    "blueberry", "bobcat", "bonfire", "bookshelf", "botany", "bracelet", "breakfast", "broccoli", "bucket", "buffalo",
    "bulletin", "butterfly", "caravan", "cardboard", "carousel", "carpenter", "carrot", "cascade", "catalog",
    "cathedral", "cedar", "ceramic", "cheetah", "cherry", "chimney", "chipmunk", "chocolate", "cinnamon", "clarinet",
    "coconut", "compass", "concert", "cookie", "corridor", "cottage", "cradle", "crocodile", "crystal", "cucumber",
    "curtain", "cushion", "cyclone", "daffodil", "dentist", "diamond", "dinosaur", "dolphin", "domino", "donkey",
    "dragonfly", "earring", "eclipse", "elbow", "elephant", "elevator", "emerald", "engine", "escalator", "espresso",
    "evergreen", "family", "feather", "festival", "firefly", "flamingo", "flannel", "fossil", "furnace", "galaxy",
    "garlic", "gazelle", "giraffe", "glacier", "goggles", "gondola", "granite", "guitar", "gymnast", "hamburger",
    "hammock", "harmonica", "harvest", "hazelnut", "hedgehog", "helmet", "hexagon", "hibiscus", "holiday", "horizon",
    "hospital", "hurricane", "hyacinth", "iceberg", "igloo", "indigo", "insect", "island", "ivory", "jaguar",
    "jasmine", "journal", "juniper", "kangaroo", "keyboard", "kitchen", "labyrinth", "lantern", "laundry", "lemon",
    "leopard", "lettuce", "library", "lobster", "luggage", "magnet", "magnolia", "mailbox", "marigold", "marmalade",
    "melody", "meteor", "midnight", "molecule", "monsoon", "mosquito", "muffin", "museum", "mushroom", "napkin",
    "narrator", "newspaper", "notebook", "nutmeg", "oatmeal", "octopus", "olive", "orchard", "orchestra", "ostrich",
    "oxygen", "pajamas", "parachute", "parsley", "passport", "pasture", "peacock", "pebble", "pelican", "pencil",
    "pepper", "perfume", "pineapple", "pistachio", "plaza", "popcorn", "porcelain", "porcupine", "postcard",
    "prairie", "pretzel", "quartet", "quicksand", "rabbit", "raccoon", "radish", "railway", "raspberry", "reindeer",
    "reptile", "rhubarb", "rosemary", "sapphire", "satellite", "saxophone", "scarecrow", "scissors", "seahorse",
    "seashell", "sesame", "shampoo", "shovel", "skeleton", "snowflake", "spaghetti", "spider", "spinach", "squirrel",
    "stadium", "staircase", "starfish", "submarine", "sunflower", "symphony", "syrup", "tangerine", "teapot",
    "telescope", "thimble", "thunder", "toboggan", "tornado", "tortoise", "tractor", "treadmill", "triangle",
    "trombone", "trumpet", "tulip", "turtle", "ukulele", "umbrella", "uniform", "vanilla", "vinegar", "violin",
    "walrus", "waterfall", "whisper", "windmill", "window", "wizard", "workshop", "yogurt", "zebra", "zeppelin",
    "zucchini",
};
// clang-format on

}  // namespace

std::span<const std::string_view, 256> korean_words() {
  return kKorean;
}
std::span<const std::string_view, 256> english_words() {
  return kEnglish;
}

TelephoneWords telephone_words(BytesView file) {
  Hash256 hash = sha256(file);
  TelephoneWords words;
  for (std::size_t i = 0; i < kTelephoneWords; ++i) {
    words.ko[i] = kKorean[hash.bytes[i]];
    words.en[i] = kEnglish[hash.bytes[i]];
  }
  return words;
}

std::string spoken(std::span<const std::string_view> words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) out.append(i == 0 ? "" : i % 5 == 0 ? " / " : " ").append(words[i]);
  return out;
}

}  // namespace scrutineer
