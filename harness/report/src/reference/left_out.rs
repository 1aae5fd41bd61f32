//! Documented failures that the lab does not reproduce.

use super::page::{Page, prose};

/// The chapter.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "left-out", "Documented failures that are not reproduced");
    page.say(INTRO);
    page.table(["failure", "source", "reason"], &LEFT_OUT.map(|row| row.map(prose)));
}

const INTRO: &str = "\
Failures beyond the 2019 articles that the lab does not reproduce, because nothing in its world could really cause them, or \
because no documented remedy cures them.";

const LEFT_OUT: [[&str; 3]; 17] = [
    [
        "SalBitmapError: \"Unable to find changes in a file.\"",
        "`en-2025-11`",
        "No source says what causes it.",
    ],
    [
        "\"A critical inconsistency was detected, therefore changes cannot be replicated.\"",
        "`en-2025-11`",
        "It is caused by a folder that was deleted and created again. In the lab a folder exists only through its files, so \
         it would be the same folder.",
    ],
    [
        "0x80070003 in the list of failed files",
        "`en-2025-11`",
        "For the same reason, a parent folder cannot be missing by itself. The lab has 0x80070002 instead.",
    ],
    [
        "0x80070002 where the scratch volume is missing or full",
        "`en-2025-11`",
        "Without the scratch folder, the agent never gets to the files, and no source says how it could.",
    ],
    [
        "\"The server registration status couldn't be verified with Microsoft Azure Backup.\"",
        "`en-2025-11`",
        "The console shows it at start, which is not an operation of the lab. Its causes are reproduced.",
    ],
    [
        "Tenant restrictions (`Restrict-Access-To-Tenants`), ExpressRoute",
        "`en-2025-11`",
        "The lab's proxies add no headers inside TLS, and its network has no routes.",
    ],
    [
        "Jobs that stay in progress in the portal for 30 days",
        "`en-2025-11`",
        "The lab's portal shows no jobs.",
    ],
    [
        "Offline seeding with agents before 2.0.9250.0",
        "`en-2025-11`",
        "The lab has no Import/Export service.",
    ],
    [
        "100272, 391224, 391225, 391282, 391283: the passphrase in a Key Vault",
        "Microsoft's page on saving the passphrase",
        "The lab has no Key Vault.",
    ],
    [
        "4024: the installation was rolled back",
        "`en-mabs-2017`",
        "Installation is not an operation of the lab.",
    ],
    [
        "0x29834, 120002: a change of policy or passphrase with an old agent, or a wrong security PIN",
        "`en-mabs-2017`",
        "Changing a policy or an existing passphrase is not an operation of the lab.",
    ],
    [
        "\"Vault cannot be deleted as there are existing resources within the vault.\"",
        "Microsoft's page on deleting a vault",
        "It concerns the vault, not a server.",
    ],
    [
        "0x800423f2 and other errors of system state backups",
        "Microsoft's page on the system state",
        "The lab backs up files and folders.",
    ],
    [
        "A proxy that inspects TLS with an authority that the server does not trust",
        "no article",
        "The fault exists (`proxy-inspects`), but the only documented remedy, to allow the URLs at the proxy, does not end \
         the inspection. The reference core reports the servers as unchecked, with the reason.",
    ],
    [
        "A certificate \"Windows Azure Tools\" of an earlier registration that is left in the store",
        "`en-mabs-2017`",
        "The article has it removed, and no source says how it could be in the way of a registration.",
    ],
    [
        "A DNS server that resolves only one required URL to a portal's address",
        "no article",
        "The faults exist (`captive-portal`, `resolver-answers`), but a firewall rule, which is the remedy for a single \
         URL, does not correct a DNS server. If all names resolve to the portal, the failure is `no-internet`.",
    ],
    [
        "A firewall that drops port 443 for every host",
        "no article",
        "It blocks URLs and address ranges at once, which are two failures with different causes. By name, it is a case of \
         `connect-blocked-url`.",
    ],
];
