using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.ResponseCompression;

namespace OrleansTicker.Gateway.Api.Answers;

/// <summary>
/// A body that many requests are answered with: encoded once, and compressed once in each form that somebody wants. Any thread may call it.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Requests share its bytes, and only the garbage collector knows when the last one has sent them.")]
internal sealed class SharedBody
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Body>>> _compressed = new(StringComparer.Ordinal);
    private readonly Body _plain;

    /// <summary>Creates a body.</summary>
    /// <param name="plain">Its bytes. They are its own from then on.</param>
    public SharedBody(ByteChunks plain)
    {
        _plain = new Body(plain, null);
        Tag = EntityTag.Of(plain);
    }

    /// <summary>Its entity tag.</summary>
    public string Tag { get; }

    /// <summary>The body in the form that a client wants.</summary>
    public async ValueTask<Body> FormForAsync(HttpContext context, BodyWriter writer)
    {
        if (writer.Choose(context, _plain.Bytes) is not { } provider)
        {
            return _plain;
        }

        return await _compressed.GetOrAdd(
            provider.EncodingName,
            static (_, both) => new Lazy<Task<Body>>(() => Task.Run(() => BodyWriter.Compress(both.Bytes, both.Provider))),
            (_plain.Bytes, Provider: provider)).Value;
    }
}
