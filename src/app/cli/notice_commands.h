// The subcommands of `scrutineer notice`; private to app/cli.
#pragma once

namespace scrutineer::cli {

int notice_new(int argc, char** argv);
int notice_party(int argc, char** argv);
int notice_agreement(int argc, char** argv);
int notice_join(int argc, char** argv);
int notice_serve(int argc, char** argv);
int notice_list(int argc, char** argv);
int notice_read(int argc, char** argv);
int notice_send(int argc, char** argv);
int notice_acknowledge(int argc, char** argv);
int notice_answer(int argc, char** argv);
int notice_refuse(int argc, char** argv);
int notice_close(int argc, char** argv);
int notice_state(int argc, char** argv);
int notice_duty(int argc, char** argv);
int notice_new_key(int argc, char** argv);
int notice_key_change(int argc, char** argv);
int notice_envelope(int argc, char** argv);
int notice_take(int argc, char** argv);
int notice_fetch(int argc, char** argv);
int notice_mail(int argc, char** argv);
int notice_evidence(int argc, char** argv);

}  // namespace scrutineer::cli
