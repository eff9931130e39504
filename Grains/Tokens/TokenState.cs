using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Tokens;

/// <summary>
/// The stored state of a <see cref="TokenGrain"/>. Consists of plain types, because the JSON of Orleans' storage providers cannot read
/// immutable collections back.
/// </summary>
[GenerateSerializer, Alias("OrleansTicker.TokenState")]
public sealed class TokenState
{
    /// <summary><see cref="Actor.Id"/>; null if nothing is stored.</summary>
    [Id(0)]
    public string? ActorId { get; set; }

    /// <summary><see cref="Actor.Metadata"/>.</summary>
    [Id(1)]
    public Dictionary<string, string> Metadata { get; set; } = [];

    /// <summary><see cref="TokenRecord.Scope"/>.</summary>
    [Id(2)]
    public List<string> Scope { get; set; } = [];

    /// <summary><see cref="TokenRecord.IssuedAt"/>.</summary>
    [Id(3)]
    public DateTimeOffset IssuedAt { get; set; }

    /// <summary><see cref="TokenRecord.ExpiresAt"/>.</summary>
    [Id(4)]
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary><see cref="TokenRecord.ClientAddress"/>.</summary>
    [Id(5)]
    public string? ClientAddress { get; set; }

    /// <summary><see cref="TokenRecord.ApiKeyId"/>.</summary>
    [Id(6)]
    public long? ApiKeyId { get; set; }

    /// <summary>The state that stores a record.</summary>
    internal static TokenState Of(TokenRecord record) => new()
    {
        ActorId = record.Actor.Id,
        Metadata = new(record.Actor.Metadata),
        Scope = [.. record.Scope],
        IssuedAt = record.IssuedAt,
        ExpiresAt = record.ExpiresAt,
        ClientAddress = record.ClientAddress,
        ApiKeyId = record.ApiKeyId,
    };

    /// <summary>The stored record; null if there is none.</summary>
    internal TokenRecord? ToRecord() => ActorId is null
        ? null
        : new(new Actor(ActorId, Metadata.ToImmutableDictionary()), [.. Scope], IssuedAt, ExpiresAt, ClientAddress, ApiKeyId);
}
