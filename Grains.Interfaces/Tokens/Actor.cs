using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>Who acts.</summary>
/// <param name="Id">Kind and name, such as <c>user:demo</c>.</param>
/// <param name="Metadata">What is known of the actor: <c>role</c> and <c>user_id</c> for users.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.Actor")]
public sealed record Actor(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableDictionary<string, string> Metadata);
