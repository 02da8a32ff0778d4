"""The catalogue's domains and groups, to go through without a name. Pure."""

from bot.domain.framework import Domain, Proficiency
from bot.domain.lookup.profiles import CatalogueOverview, DomainOverview
from bot.domain.revision import Catalogue


def domain_overview(catalogue: Catalogue, domain: Domain) -> DomainOverview:
    """Describe a domain by its groups."""
    groups = catalogue.groups_of(domain)
    return DomainOverview(domain, tuple((each, len(catalogue.skills_of(each))) for each in groups))


def catalogue_overview(catalogue: Catalogue) -> CatalogueOverview:
    """Describe the whole catalogue by domains and roles."""
    content = catalogue.content
    return CatalogueOverview(
        domains=tuple(domain_overview(catalogue, each) for each in content.domains),
        roles=content.roles,
        skills=len(content.skills),
    )


def described_depths(catalogue: Catalogue) -> tuple[Proficiency, ...]:
    """Return the depths of which the framework says what they mean, shallowest first."""
    return tuple(each for each in catalogue.content.proficiencies if each.summary)
