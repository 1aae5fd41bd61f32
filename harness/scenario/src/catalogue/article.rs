//! The articles that the rows follow.

use serde::{Deserialize, Serialize};

use super::Table;

/// An article. They disagree in places, so that a scenario names the one it follows.
///
/// The three of 2019 are the measure; what only the others document is *beyond* them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Article {
    /// The Chinese article (Taiwan) of May 2019.
    #[serde(rename = "zh-2019-05")]
    Chinese,
    /// The Japanese article of February 2019.
    #[serde(rename = "ja-2019-02")]
    Japanese,
    /// The Korean article of May 2019.
    #[serde(rename = "ko-2019-05")]
    Korean,
    /// The English article in its version of November 2025 (`backup-azure-mars-troubleshoot`).
    #[serde(rename = "en-2025-11")]
    English,
    /// The English questions and answers of August 2023 (`backup-azure-file-folder-backup-faq`).
    #[serde(rename = "en-faq-2023-08")]
    Questions,
    /// The English article on Azure Backup Server of 2017 (`backup-azure-mabs-troubleshoot`).
    #[serde(rename = "en-mabs-2017")]
    BackupServer,
    /// The blog of Microsoft's support in Japan (`How_to_fail_MARS_backup`).
    #[serde(rename = "ja-support-blog")]
    SupportBlog,
    /// What users report on GitHub (azure-powershell, issues 9533 and 8885; azure-docs, issue 36684).
    #[serde(rename = "en-issues-2019")]
    Issues,
    /// The English note on upgrading the agent of August 2018 (`backup-upgrade-mars-agent`).
    #[serde(rename = "en-upgrade-2018")]
    Upgrade,
    /// Microsoft's support articles (Knowledge Base; SupportArticles-docs).
    #[serde(rename = "en-kb")]
    KnowledgeBase,
    /// The English support matrix of the agent of November 2025 (`backup-support-matrix-mars-agent`).
    #[serde(rename = "en-matrix-2025-11")]
    SupportMatrix,
    /// What people who run the agent report in public: threads and scripts, 2017 to 2025.
    #[serde(rename = "field-reports")]
    FieldReports,
    /// What users report on the documentation of Azure (MicrosoftDocs/azure-docs, issues 69061, 91072 and 120554).
    #[serde(rename = "azure-docs-issues")]
    DocsIssues,
    /// Microsoft's tool that sets the agent's proxy (`SetMarsProxy`).
    #[serde(rename = "set-mars-proxy")]
    ProxyTool,
    /// No article: what a customer or a ticket tells. For packs.
    #[serde(rename = "report")]
    Report,
}

impl Article {
    /// All of them: those of 2019 first.
    pub const ALL: [Self; 15] = [
        Self::Chinese,
        Self::Japanese,
        Self::Korean,
        Self::English,
        Self::Questions,
        Self::BackupServer,
        Self::SupportBlog,
        Self::Issues,
        Self::Upgrade,
        Self::KnowledgeBase,
        Self::SupportMatrix,
        Self::FieldReports,
        Self::DocsIssues,
        Self::ProxyTool,
        Self::Report,
    ];

    /// The name in the tables and in scenario files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Chinese => "zh-2019-05",
            Self::Japanese => "ja-2019-02",
            Self::Korean => "ko-2019-05",
            Self::English => "en-2025-11",
            Self::Questions => "en-faq-2023-08",
            Self::BackupServer => "en-mabs-2017",
            Self::SupportBlog => "ja-support-blog",
            Self::Issues => "en-issues-2019",
            Self::Upgrade => "en-upgrade-2018",
            Self::KnowledgeBase => "en-kb",
            Self::SupportMatrix => "en-matrix-2025-11",
            Self::FieldReports => "field-reports",
            Self::DocsIssues => "azure-docs-issues",
            Self::ProxyTool => "set-mars-proxy",
            Self::Report => "report",
        }
    }

    /// What it is, in a few words.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Chinese => "the Chinese article (Taiwan) of May 2019",
            Self::Japanese => "the Japanese article of February 2019",
            Self::Korean => "the Korean article of May 2019",
            Self::English => "the English article, as of November 2025",
            Self::Questions => "the English FAQ of August 2023",
            Self::BackupServer => "the English article on Azure Backup Server, 2017",
            Self::SupportBlog => "the blog of Microsoft support in Japan",
            Self::Issues => "issues of users on GitHub in 2019",
            Self::Upgrade => "the English note on agent upgrades, August 2018",
            Self::KnowledgeBase => "Microsoft's support articles (Knowledge Base)",
            Self::SupportMatrix => "the English support matrix, as of November 2025",
            Self::FieldReports => "public reports and scripts of people who run the agent",
            Self::DocsIssues => "issues of users of the Azure documentation, 2021 to 2024",
            Self::ProxyTool => "Microsoft's tool that sets the agent's proxy",
            Self::Report => "a report of a customer, which no article documents",
        }
    }

    /// Whether it is one of the three troubleshooting articles of 2019.
    pub const fn is_of_2019(self) -> bool {
        matches!(self, Self::Chinese | Self::Japanese | Self::Korean)
    }

    /// The table for its failures.
    pub const fn table(self) -> Table {
        if self.is_of_2019() { Table::Failures } else { Table::Beyond }
    }
}
