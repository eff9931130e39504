using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Net.Http.Headers;

namespace OrleansTicker.Gateway.Api.Answers;

/// <summary>
/// Computes the entity tag of an answer from what it says. Tags are weak, since the compressed forms of an answer say the same in other bytes
/// (RFC 9110, 8.8.1).
/// </summary>
internal sealed class EntityTag
{
    /// <summary>What was added.</summary>
    public XxHash128 Hash { get; } = new();

    /// <summary>The tag of what was added.</summary>
    public string Text => $"W/\"{Convert.ToHexStringLower(Hash.GetCurrentHash())}\"";

    /// <summary>The tag of an answer that is encoded.</summary>
    public static string Of(ByteChunks answer)
    {
        var tag = new EntityTag();
        answer.AddTo(tag.Hash);
        return tag.Text;
    }

    /// <summary>Adds a value.</summary>
    public EntityTag Add<T>(T value)
        where T : unmanaged
    {
        Hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
        return this;
    }

    /// <summary>Adds a text.</summary>
    public EntityTag Add(string text)
    {
        Add(text.Length);
        Hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
        return this;
    }

    /// <summary>Whether a client that sends this request already has the answer with a tag (RFC 9110, 13.1.2).</summary>
    public static bool IsKnownTo(HttpRequest request, string tag)
    {
        if (request.Headers.IfNoneMatch.Count == 0 || !EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known))
        {
            return false;
        }

        var own = EntityTagHeaderValue.Parse(tag);
        return known.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(own, useStrongComparison: false));
    }
}
