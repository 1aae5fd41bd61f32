//! What newer articles document and the lab does not reproduce.

use super::page::{Page, prose};

/// The chapter.
pub(super) fn write(page: &mut Page) {
    page.heading(2, "left-out", "Documented elsewhere, and not reproduced");
    page.say(INTRO);
    page.table(["what", "where", "because"], &LEFT_OUT.map(|row| row.map(prose)));
}

const INTRO: &str = "\
Failures beyond the articles of 2019 that the lab leaves out, because nothing in it could bring them about honestly, or \
because no documented remedy cures them.";

const LEFT_OUT: [[&str; 3]; 16] = [
    [
        "SalBitmapError: \"Unable to find changes in a file.\"",
        "`en-2025-11`",
        "No source says what is broken.",
    ],
    [
        "\"A critical inconsistency was detected, therefore changes cannot be replicated.\"",
        "`en-2025-11`",
        "It comes of a folder that was deleted and made anew. The lab's folders exist through the files below them, so \
         that such a folder is the same one.",
    ],
    [
        "0x80070003 in the list of failed files",
        "`en-2025-11`",
        "For the same reason a folder above cannot be missing by itself; the lab has 0x80070002.",
    ],
    [
        "0x80070002 where the scratch volume is missing or full",
        "`en-2025-11`",
        "Without its folder the agent does not come to the files; no source says how it could.",
    ],
    [
        "\"The server registration status couldn't be verified with Microsoft Azure Backup.\"",
        "`en-2025-11`",
        "The console shows it when it is opened, which is no operation of the lab. Its causes are reproduced.",
    ],
    [
        "Tenant restrictions (`Restrict-Access-To-Tenants`), ExpressRoute",
        "`en-2025-11`",
        "The lab's proxies set no headers within TLS, and its network has no routes.",
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
        "Installing is no operation of the lab.",
    ],
    [
        "0x29834, 120002: the policy or the passphrase is changed with an old agent; a wrong security PIN",
        "`en-mabs-2017`",
        "Changing a policy or a passphrase that is set is no operation of the lab.",
    ],
    [
        "\"Vault cannot be deleted as there are existing resources within the vault.\"",
        "Microsoft's page on deleting a vault",
        "It is the vault's matter, not a server's.",
    ],
    [
        "0x800423f2 and others of backing up the system state",
        "Microsoft's page on the system state",
        "The lab backs up files and folders.",
    ],
    [
        "A proxy that looks into TLS as an authority which the server does not trust",
        "no article",
        "The fault is there, `proxy-inspects`. To let the URLs pass the proxy does not end its looking into them, and no \
         article has another remedy. The reference core leaves the servers unchecked and says why.",
    ],
    [
        "A resolver that gives a portal's address for one required URL alone",
        "no article",
        "The faults are there, `captive-portal` and `resolver-answers`. A rule of a firewall, which is the remedy for a \
         single URL, does not correct a resolver; where all names are answered so, the row is `no-internet`.",
    ],
    [
        "A firewall that drops port 443 for every host",
        "no article",
        "It blocks URLs and address ranges at once, which are two rows with causes of their own. By names, it is a case \
         of `connect-blocked-url`.",
    ],
];
