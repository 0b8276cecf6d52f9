#include "app/ui/adjudicate_words.h"

#include "app/ui/adjudicate_messages.h"
#include "app/ui/chart.h"
#include "app/ui/desk_frame.h"

namespace scrutineer::ui {
namespace {

struct CodeWord {
  std::string_view code;
  Msg text;
};

// Names of core/scan/reading.h. As reasons: they say what is on the paper, never for whom.
constexpr CodeWord kMarks[] = {
    {"none", {"아무것도 없음", "nothing"}},
    {"clean", {"또렷한 기표", "a clean mark"}},
    {"light", {"흐린 기표", "a pale mark"}},
    {"erased", {"지운 흔적", "a mark that was rubbed out"}},
    {"crossed_out", {"줄을 그어 지움", "a mark that was struck out"}},
    {"circled", {"동그라미를 두름", "a circle around the place"}},
    {"smeared", {"번진 잉크", "smeared ink"}},
    {"fold_transfer", {"접혀서 옮은 자국", "a mirrored print from folding"}},
    {"partial_stamp", {"일부만 찍힌 도장", "a stamp printed in part"}},
    {"repeated_stamp", {"한 칸에 여러 번 찍음", "several stamps in one box"}},
    {"straddling", {"두 칸에 걸친 도장", "a stamp across two boxes"}},
    {"outside", {"칸 밖의 도장", "a stamp outside all boxes"}},
    {"other_tool", {"다른 도구로 찍은 듯함", "a mark that may be of another tool"}},
    {"added_writing", {"쓴 글씨나 그림, 또는 얼룩", "writing, a drawing or dirt"}},
    {"machine_doubt", {"두 읽기가 서로 다름", "the two readers disagree"}},
};

constexpr CodeWord kDefects[] = {
    {"not_an_image", {"그림 파일이 아님", "the file is no picture"}},
    {"too_large", {"그림이 너무 큼", "the picture is too large"}},
    {"blank_page", {"아무것도 인쇄되지 않음", "nothing is printed on it"}},
    {"not_this_ballot", {"이 선거의 투표지로 보이지 않음", "it does not look like a ballot paper of this election"}},
    {"wrong_election", {"다른 선거의 투표지", "a ballot paper of another election"}},
    {"registration_frame", {"테두리를 온전히 찾지 못함", "its frame was not found completely"}},
    {"registration_anchor", {"위치를 확인할 수 없음", "where its rows are could not be confirmed"}},
    {"skew", {"너무 기울어짐", "it lay too much askew"}},
    {"stretch", {"길이가 맞지 않음", "it was stretched while it was fed"}},
    {"torn", {"찢어짐", "a corner or an edge is missing"}},
    {"hole", {"구멍이 있음", "it has a hole"}},
    {"fold", {"접힌 채 들어감", "it was folded"}},
    {"streak", {"긁힌 줄이 지나감", "a streak runs through it"}},
    {"blur", {"흐릿함", "it is blurred"}},
    {"faded", {"너무 옅음", "it is too pale"}},
    {"dark_border", {"가장자리가 어두움", "its border is dark"}},
    {"double_feed", {"두 장이 겹침", "two sheets lay one over the other"}},
    {"cut_short", {"끝까지 읽히지 않음", "the picture ends before the paper"}},
};

constexpr Msg kNoMark{"기표가 없음", "nothing is marked"};
constexpr Msg kTwoOptions{"둘 이상의 후보에 기표", "more options are marked than allowed"};
constexpr Msg kAcrossTwo{"두 칸에 걸쳐 누구인지 알 수 없음", "one mark lies across two places"};
constexpr Msg kOutsideOnly{"후보란 밖에만 기표", "marked outside all places only"};
constexpr Msg kOtherTool{"정해진 용구가 아닌 것으로 기표", "not marked with the official tool"};
constexpr Msg kAddedWriting{"글씨나 그림을 더함", "something is written or drawn on it"};
constexpr Msg kUnofficial{"정규 투표용지가 아님", "no official ballot paper"};
constexpr Msg kShown{"공개된 투표지", "it was shown to others"};
constexpr Msg kNotTellable{"누구에게 기표했는지 알 수 없음", "for whom it is cannot be told"};
const InvalidWord kInvalid[] = {{"no-mark", kNoMark},
                                {"two-options", kTwoOptions},
                                {"across-two", kAcrossTwo},
                                {"outside-only", kOutsideOnly},
                                {"other-tool", kOtherTool},
                                {"added-writing", kAddedWriting},
                                {"unofficial-paper", kUnofficial},
                                {"publicly-shown", kShown},
                                {"not-tellable", kNotTellable}};

const Msg* find(std::span<const CodeWord> words, std::string_view code) {
  for (const CodeWord& one : words)
    if (one.code == code) return &one.text;
  return nullptr;
}

}  // namespace

const Msg* mark_word(std::string_view code) {
  return find(kMarks, code);
}
const Msg* defect_word(std::string_view code) {
  return find(kDefects, code);
}
std::span<const InvalidWord> invalid_words() {
  return kInvalid;
}

const Msg& word(PaperPhase phase) {
  constexpr const Msg* kPhases[] = {&adj::phase_machine,   &adj::phase_waiting, &adj::phase_once,
                                    &adj::phase_differ,    &adj::phase_agreed,  &adj::phase_settled,
                                    &adj::phase_committee, &adj::phase_tied,    &adj::phase_decided};
  return *kPhases[static_cast<std::size_t>(phase)];
}

bool is_decided(PaperPhase phase) {
  return phase == PaperPhase::agreed || phase == PaperPhase::settled || phase == PaperPhase::decided ||
         phase == PaperPhase::machine;
}

Markup phase_class(PaperPhase phase) {
  if (is_decided(phase)) return "st ok"_h;
  const bool attention = phase == PaperPhase::committee || phase == PaperPhase::tied || phase == PaperPhase::differ;
  return attention ? "st look"_h : "st half"_h;
}

void choice_words(Html& h, const PaperChoice& choice, const std::vector<PaperOption>& options) {
  using Kind = PaperChoice::Kind;
  switch (choice.kind) {
    case Kind::left_to_people: h(adj::machine_recheck); return;
    case Kind::blank: h(adj::blank); return;
    case Kind::invalid:
      h(adj::invalid_word);
      for (const InvalidWord& one : kInvalid)
        if (one.code == choice.reason) h(": "_h, one.text);
      return;
    case Kind::options: break;
  }
  bool first = true;
  for (std::size_t option : choice.options) {
    if (option >= options.size()) continue;
    h(first ? ""_h : ", "_h, "<span class=no>"_h, options[option].number, "</span> <span"_h)
        .name_lang()(">"_h, options[option].name, "</span>"_h);
    first = false;
  }
  if (first) h(adj::blank);
}

void stack_address(Html& h, Markup page, std::string_view batch) {
  h(page, "?batch="_h, query_encoded(batch));
}

void paper_address(Html& h, Markup page, std::string_view batch, std::string_view ballot, std::size_t contest) {
  stack_address(h, page, batch);
  h("&amp;ballot="_h, query_encoded(ballot), "&amp;contest="_h, Plain{static_cast<std::int64_t>(contest)});
}

void pile_address(Html& h, std::string_view batch, std::size_t contest, std::size_t option, std::size_t from) {
  stack_address(h, "/desk/paper/pile"_h, batch);
  h("&amp;contest="_h, Plain{static_cast<std::int64_t>(contest)}, "&amp;option="_h,
    Plain{static_cast<std::int64_t>(option)});
  if (from > 0) h("&amp;from="_h, Plain{static_cast<std::int64_t>(from)});
}

void stack_line(Html& h, const PaperStack& stack) {
  h("<p class=sub><b"_h)
      .name_lang()(">"_h, stack.unit.name, "</b> · "_h, stack.unit_id, " · "_h, adj::device, " "_h, stack.device,
                   "</p>\n"_h);
}

void progress_words(Html& h, const PaperProgress& progress) {
  h("<div class=prog><p>"_h).say(adj::progress, progress.decided, progress.doubtful);
  if (progress.for_you > 0) h(" · <b>"_h).say(adj::for_you, progress.for_you)("</b>"_h);
  if (progress.committee > 0) h(" · <span class=notyet>"_h).say(adj::before_committee, progress.committee)("</span>"_h);
  h("</p>"_h);
  if (progress.doubtful > 0) progress_bar(h, {progress.decided, progress.doubtful});
  h("</div>\n"_h);
}

void paper_tabs(Html& h, const PaperStack& stack, PaperTab here) {
  h("<nav class=tabs aria-label=\""_h, adj::tabs, "\"><a href=\""_h);
  stack_address(h, "/desk/paper/queue"_h, stack.key);
  h(here == PaperTab::queue ? "\" aria-current=page>"_h : "\">"_h, adj::queue, "</a><a href=\""_h);
  stack_address(h, "/desk/paper/piles"_h, stack.key);
  h(here == PaperTab::piles ? "\" aria-current=page>"_h : "\">"_h, adj::piles, "</a></nav>\n"_h);
}

}  // namespace scrutineer::ui
