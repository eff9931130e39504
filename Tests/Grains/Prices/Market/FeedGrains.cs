using System.Reflection;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Market;

/// <summary>A grain factory whose only grain is a feed that answers when <see cref="Answer"/> says.</summary>
public class FeedGrains : DispatchProxy
{
    private readonly FeedGrain _grain = new();

    /// <summary>Answers an attachment.</summary>
    internal Func<FeedReader, Task<FeedReport>> Answer
    {
        set => _grain.Answer = value;
    }

    internal static (IGrainFactory Factory, FeedGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, FeedGrains>();
        return (factory, (FeedGrains)(object)factory);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _grain;

    private sealed class FeedGrain : IExchangeFeedGrain
    {
        public Func<FeedReader, Task<FeedReport>>? Answer { get; set; }

        public Task<FeedReport> AttachAsync(FeedReader reader) => Answer!(reader);
    }
}
