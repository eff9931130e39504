using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>A possible value of <c>Ticker:Source</c>. Each kind registers itself and its own options.</summary>
internal interface IPriceSourceKind
{
    /// <summary>Its name in <c>Ticker:Source</c>.</summary>
    string Name { get; }

    /// <summary>Binds and validates its options. Called at the start, only for the chosen kind.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    void Validate();

    /// <inheritdoc cref="IPriceSourceFactory.Create(IReadOnlyCollection{Quote})"/>
    IPriceSource Create(IReadOnlyCollection<Quote> known);
}
