using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Policies;

/// <summary>A question to the policies: may this actor do this?</summary>
/// <param name="actor">Who acts.</param>
/// <param name="action">What is done.</param>
/// <param name="resource">What it is done to.</param>
/// <param name="metadata">What is known of the request.</param>
/// <param name="time">The clock, which is read only for conditions about time.</param>
internal readonly ref struct PolicyQuestion(
    Actor actor, ReadOnlySpan<char> action, ReadOnlySpan<char> resource, RequestMetadata metadata, TimeProvider time)
{
    public Actor Actor { get; } = actor;

    public ReadOnlySpan<char> Action { get; } = action;

    public ReadOnlySpan<char> Resource { get; } = resource;

    public RequestMetadata Metadata { get; } = metadata;

    public DateTimeOffset Now => time.GetUtcNow();
}
