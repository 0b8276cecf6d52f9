// Making a store, and what making and opening share.
#include "app/log/store_writer.h"

namespace scrutineer {

StoreWriter::StoreWriter(Disk& disk, const std::string& path, Signer& key, const LogOptions& options)
    : disk_(disk),
      second_disk_(options.second_disk != nullptr ? *options.second_disk : disk),
      layout_{path},
      options_(options),
      second_path_(options.second_copy.empty() ? path + ".last-checkpoint" : options.second_copy),
      signer_(key) {}

Status StoreWriter::take_lock() {
  SCRUTINEER_TRY(lock_, disk_.lock(layout_.lock(), options_.holder));
  return {};
}

Status StoreWriter::open_files() {
  // `create` also where the store exists: a column that was lost is an empty one, and is rebuilt.
  SCRUTINEER_TRY(entries_, disk_.open(layout_.entries(), OpenMode::create));
  SCRUTINEER_TRY(columns_, ColumnWriter::open(disk_, layout_, OpenMode::create));
  SCRUTINEER_TRY(head_file_, SlotFile::open(disk_, layout_.head(), OpenMode::create));
  SCRUTINEER_TRY(mark_file_, SlotFile::open(disk_, layout_.mark(), OpenMode::create));
  SCRUTINEER_TRY(checkpoint_file_, SlotFile::open(disk_, layout_.checkpoint(), OpenMode::create));
  return {};
}

// Everything durable first; the `store` file last. A store without it was never finished and is made anew.
Status StoreWriter::create_files() {
  SCRUTINEER_CHECKED(entries_->truncate(0));
  columns_->start(Frontier());
  SCRUTINEER_CHECKED(columns_->cut());
  for (SlotFile* file : {&*head_file_, &*mark_file_, &*checkpoint_file_}) SCRUTINEER_CHECKED(file->clear());
  SCRUTINEER_CHECKED(head_file_->write(0, encode(head_), Durability::durable));
  head_sequence_ = 1;
  return disk_.sync_directory(layout_.root);
}

Result<std::unique_ptr<StoreWriter>> StoreWriter::create(Disk& disk, const std::string& path, const std::string& origin,
                                                         Signer& key, const LogOptions& options) {
  std::unique_ptr<StoreWriter> writer(new StoreWriter(disk, path, key, options));
  SCRUTINEER_TRY(writer->key_, make_vkey(origin, key.public_key()));
  if (key.public_key().type != KeyType::ed25519) return fail(ErrorCode::invalid_argument, "a log's key is Ed25519");
  SCRUTINEER_CHECKED(disk.make_directories(path));
  SCRUTINEER_CHECKED(writer->take_lock());
  SCRUTINEER_TRY(bool there, disk.exists(writer->layout_.store()));
  if (there) return fail(ErrorCode::conflict, "a log is here already", path);

  Disk& second_disk = writer->second_disk_;
  const std::string& second_path = writer->second_path_;
  SCRUTINEER_TRY(writer->second_, SecondCopy::open(second_disk, second_path, OpenMode::create));
  auto seen = writer->second_->read(writer->key_);
  if (!seen || (*seen && (*seen)->checkpoint.size != 0))
    return fail(ErrorCode::conflict, "this is the second copy of another log, or of this one when it was larger",
                second_path);

  SCRUTINEER_CHECKED(writer->open_files());
  SCRUTINEER_CHECKED(writer->create_files());
  SCRUTINEER_TRY(writer->ids_, Ids::open(disk, writer->layout_, options.id_rows));
  if (writer->ids_->covered() > 0) SCRUTINEER_CHECKED(writer->ids_->drop());
  SCRUTINEER_CHECKED(writer->open_published());
  SCRUTINEER_CHECKED(writer->open_reader());
  writer->reader_->state_->writer_ids = writer->ids_.get();
  SCRUTINEER_CHECKED(writer->sign());
  SCRUTINEER_CHECKED(second_disk.sync_directory(directory_of(second_path)));
  SCRUTINEER_CHECKED(write_file(disk, writer->layout_.store(), store_text(writer->key_), Durability::durable));
  return writer;
}

}  // namespace scrutineer
