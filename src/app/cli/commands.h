// The subcommands, one file each. argv[0] is the last word of the command's name. They return the exit code: 0 good,
// 1 the answer is no, 2 could not run.
#pragma once

namespace scrutineer::cli {

int agent_command(int argc, char** argv);
int key_command(int argc, char** argv);
int note_command(int argc, char** argv);
int notice_command(int argc, char** argv);
int import_command(int argc, char** argv);
int taxii_command(int argc, char** argv);
int tally_command(int argc, char** argv);
int publish_command(int argc, char** argv);
int verify_command(int argc, char** argv);  // also all of scrutineer-verify
int handover_command(int argc, char** argv);
int paper_command(int argc, char** argv);
int log_command(int argc, char** argv);
int witness_command(int argc, char** argv);
int mirror_command(int argc, char** argv);
int restore_command(int argc, char** argv);
int ca_command(int argc, char** argv);
int nginx_command(int argc, char** argv);
int hunt_command(int argc, char** argv);
int scan_command(int argc, char** argv);
int device_command(int argc, char** argv);
int eml_command(int argc, char** argv);
int reconcile_command(int argc, char** argv);
int ballots_command(int argc, char** argv);
int cvr_command(int argc, char** argv);
int demo_command(int argc, char** argv);
int serve_command(int argc, char** argv);
int centre_command(int argc, char** argv);

}  // namespace scrutineer::cli
