namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>How an exchange misbehaves until it is told otherwise. Guarded by the lock of its <see cref="Venue"/>.</summary>
internal sealed class Misbehaviour
{
    /// <summary>The HTTP status that refuses handshakes; null to accept them.</summary>
    public int? RefusesWith { get; set; }

    /// <summary>What a refusal says in <c>Retry-After</c>, in whole seconds; null to leave it out.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>The HTTP status that takes the place of the list of products; null to give the list.</summary>
    public int? RefusesProductsWith { get; set; }

    /// <summary>Whether handshakes are left without an answer.</summary>
    public bool HoldsHandshakes { get; set; }

    /// <summary>Whether it sends nothing at all, while its connections stay open.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether it sends heartbeats and answers, and says nothing of products.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Whether new connections are compressed if the client offers it.</summary>
    public bool Compresses { get; set; }

    /// <summary>Whether it sends each message about a product twice.</summary>
    public bool SendsDuplicates { get; set; }

    /// <summary>Whether it sends each two messages about products in the wrong order.</summary>
    public bool SendsOutOfOrder { get; set; }

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>By which factor its prices are wrong, by symbol.</summary>
    public Dictionary<string, decimal> Lies { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether its bid is above its ask.</summary>
    public bool SendsCrossedBooks { get; set; }

    /// <summary>Whether it leaves out last price, bid size and time.</summary>
    public bool LeavesOutFields { get; set; }

    /// <summary>Whether its JSON numbers have exponents. Exchanges that write prices as strings do not change.</summary>
    public bool SendsExponents { get; set; }

    /// <summary>Whether its prices have 18 decimals.</summary>
    public bool SendsManyDecimals { get; set; }

    /// <summary>Whether its bid and last price are zero.</summary>
    public bool SendsZeros { get; set; }

    /// <summary>Whether it overlooks the limits that its protocol sets to clients.</summary>
    public bool IgnoresLimits { get; set; }

    /// <summary>Whether the figures are told as they are.</summary>
    public bool IsTruthful => Lies.Count == 0 && !SendsCrossedBooks && !LeavesOutFields && !SendsManyDecimals && !SendsZeros;
}
