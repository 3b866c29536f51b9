//! `proof-table [lane…]`: prints the lanes of the last test run and keeps them in `report.md` beside their files; fails on a violation or
//! when a named lane is missing.

use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    let required: Vec<String> = std::env::args().skip(1).collect();
    let rows = proof::table::read(&proof::folder::proof_dir())?;
    print!("{}", proof::table::render(&rows));
    let complaints = proof::table::complaints(&rows, &required, proof::in_ci());
    let folder = proof::folder::proof_dir();
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("report.md"), proof::table::markdown(&rows, &complaints))?;
    for complaint in &complaints {
        eprintln!("FAILED {complaint}");
    }
    Ok(if complaints.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
