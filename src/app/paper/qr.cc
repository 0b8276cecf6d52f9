#include "app/paper/qr.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>

#include <algorithm>

#include "app/paper/code.h"
#include "app/paper/image.h"

namespace scrutineer {
namespace {

constexpr int kLevelQ = 6;  // of the 0 to 8 that ZXing's writer takes: level Q, a quarter may be damaged

Error none_found() {
  return {ErrorCode::not_found, "no QR code can be read in this image: flat, sharp and not cut off, please", ""};
}

}  // namespace

Result<QrCode> encode_qr(std::string_view text) {
  if (text.size() > kQrTextBytes)
    return fail(ErrorCode::limit_exceeded, "a QR code holds at most 1,000 characters here");
  if (text.empty() || std::any_of(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }))
    return fail(ErrorCode::invalid_argument, "a QR code holds ASCII text here");
  try {
    auto matrix = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
                      .setMargin(0)
                      .setEccLevel(kLevelQ)
                      .encode(std::string(text), 0, 0);
    QrCode code;
    code.size = static_cast<std::size_t>(matrix.width());
    for (int y = 0; y < matrix.height(); ++y)
      for (int x = 0; x < matrix.width(); ++x) code.dark.push_back(matrix.get(x, y) ? 1 : 0);
    return code;
  } catch (const std::exception&) {
    return fail(ErrorCode::limit_exceeded, "this text is too long for a QR code");
  }
}

Result<std::string> qr_svg(std::string_view text) {
  SCRUTINEER_TRY(QrCode code, encode_qr(text));
  std::string side = std::to_string(code.size + 2 * kQrQuietZone);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
                    "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
                    "H0z\"/><path fill=\"#000\" d=\"";
  for (std::size_t y = 0; y < code.size; ++y)
    for (std::size_t x = 0; x < code.size; ++x) {
      if (!code.at(x, y)) continue;
      std::size_t end = x;
      while (end < code.size && code.at(end, y)) ++end;
      std::string run = std::to_string(end - x);
      out += "M" + std::to_string(x + kQrQuietZone) + " " + std::to_string(y + kQrQuietZone) + "h" + run + "v1h-" +
             run + "z";
      x = end;
    }
  return out + "\"/></svg>";
}

Result<std::string> decode_qr(BytesView bytes, std::size_t most_pixels) {
  SCRUTINEER_TRY(GreyImage image, read_image(bytes, most_pixels));
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true).setTryRotate(true).setTryDownscale(true);
  std::vector<std::string> texts, ours;
  try {
    ZXing::ImageView view(image.pixels.data(), static_cast<int>(image.width), static_cast<int>(image.height),
                          ZXing::ImageFormat::Lum);
    for (const auto& result : ZXing::ReadBarcodes(view, hints))
      if (result.isValid()) texts.push_back(result.text());
  } catch (const std::exception&) {
    return tl::unexpected(none_found());
  }
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::copy_if(texts.begin(), texts.end(), std::back_inserter(ours),
               [](const std::string& text) { return text.starts_with(kPaperCodeStart); });
  if (ours.size() > 1)
    return fail(ErrorCode::conflict, "there are several of our QR codes in this image: one sheet at a time, please");
  if (ours.size() == 1) return ours.front();
  if (texts.empty()) return tl::unexpected(none_found());
  return texts.front();
}

}  // namespace scrutineer
